#!/usr/bin/python3
"""How soon pages show their data, in Debian's Chromium, on a city of 100,000 members.

Run: pages.py --jishi PATH [--members 100000] [--times 20] [--write docs/generated/performance.md]

Each page is opened by its address, signed in, its scripts in the browser's cache, and timed until
its data is drawn (web/tests/page_times.mjs). Fails when the median of a page is over what is
expected. Measure on a quiet machine: browser and server share its cores.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path

from page import Figure, conclude

ROOT = Path(__file__).resolve().parents[2]
MOST_MS = 300
PATIENCE_S = 900


def measure(arguments):
    command = ["tools/node", "node", "web/tests/page_times.mjs",
               "--members", str(arguments.members), "--times", str(arguments.times)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, timeout=PATIENCE_S, check=True,
                          env={**os.environ, "JISHI": os.path.abspath(arguments.jishi)})
    return [json.loads(line) for line in done.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=20, help="how often each page is opened")
    parser.add_argument("--write", metavar="PAGE", help="put the figures on this page")
    arguments = parser.parse_args()
    figures = []
    for page in measure(arguments):
        times = page["times"]
        figures += [Figure(f"{page['name']}: median", statistics.median(times), "ms", MOST_MS),
                    Figure(f"{page['name']}: the slowest", max(times), "ms")]
    title = (f"pages of the workbench until their data is seen, on a demo city of "
             f"{arguments.members:,} members, SQLite (`make bench-pages`)")
    notes = [f"each opened {arguments.times} times by its address in Chromium on loopback, "
             "signed in as the secretary of the whole city; its scripts were in the cache"]
    return conclude(figures, arguments.write, "pages", title, notes)


if __name__ == "__main__":
    sys.exit(main())
