#!/usr/bin/python3
"""Every C++ file is as clang-format leaves it.

Run: format.py FILE…
Prints one line a file that is not; exit 1 if any.
"""

import re
import subprocess
import sys

FINDING = re.compile(r"^(.+?):(\d+):\d+: error: code should be clang-formatted")


def main():
    done = subprocess.run(["clang-format", "--dry-run", "-Werror", *sys.argv[1:]],
                          capture_output=True, text=True, check=False)
    first = {}
    for line in done.stderr.splitlines():
        if match := FINDING.match(line):
            first.setdefault(match.group(1), match.group(2))
    for file, line in first.items():
        print(f"{file}:{line}: not as clang-format has it: run make fmt")
    if done.returncode != 0 and not first:
        print(done.stderr, end="")
    return 1 if done.returncode != 0 else 0


if __name__ == "__main__":
    sys.exit(main())
