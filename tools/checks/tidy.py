#!/usr/bin/python3
"""Runs clang-tidy (.clang-tidy) over what a build compiled, without the tests.

Run: tidy.py BUILD [FILE…]
Prints the findings as clang-tidy words them; exit 1 if any.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# g++'s precompiled header means nothing to clang, which reads the header itself.
PRECOMPILED = re.compile(r"-Winvalid-pch -include \S+/cmake_pch\.hxx")


def commands(build):
    """The compile commands of the program's own files."""
    found = []
    for entry in json.loads((build / "compile_commands.json").read_text("utf-8")):
        file = entry["file"]
        if file.startswith(f"{ROOT}/src/") and not file.endswith("_test.cpp"):
            command = PRECOMPILED.sub(f"-include {ROOT}/src/precompiled.hpp", entry["command"])
            found.append({**entry, "command": command})
    return found


def main():
    build, wanted = Path(sys.argv[1]).resolve(), {os.path.abspath(f) for f in sys.argv[2:]}
    entries = [entry for entry in commands(build) if not wanted or entry["file"] in wanted]
    with tempfile.TemporaryDirectory(prefix="jishi-tidy-") as folder:
        (Path(folder) / "compile_commands.json").write_text(json.dumps(entries), "utf-8")

        def tidy(entry):
            done = subprocess.run(["clang-tidy", "--quiet", "-p", folder, entry["file"]], cwd=ROOT,
                                  capture_output=True, text=True, check=False)
            if done.returncode != 0:
                print(done.stdout, end="", flush=True)
            return done.returncode

        with ThreadPoolExecutor(os.cpu_count()) as pool:
            failed = sum(status != 0 for status in pool.map(tidy, entries))
    print(f"clang-tidy: {len(entries)} files, {failed} with findings")
    return 1 if failed or not entries else 0


if __name__ == "__main__":
    sys.exit(main())
