#!/usr/bin/python3
"""kill -9 in the middle of an import loses nothing that was acknowledged, and breaks nothing.

Run: kill_import.py --jishi PATH [--rounds 60] [--seed 1] [--members 300] [--jobs 2]

Each round: a store with organisations and some members; an import of all members and their dues,
killed at a random moment; then the store verifies, holds what it held, takes the import again, and
its lights are those of a store that was left alone.
"""

import os
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

from common import Place, Tally, Wrong, copy_of, finish, folder, parse_arguments
from workbooks import AS_OF, make_workbooks


def normal_time(template, files):
    """How long the import takes when nobody disturbs it, in seconds."""
    times = []
    for _ in range(3):
        with copy_of(template) as place:
            started = time.monotonic()
            place.import_all(files.bigger)
            times.append(time.monotonic() - started)
    return statistics.median(times)


def kill_round(template, files, expected, delay_s):
    """One round; True when the import was killed before it had ended."""
    with copy_of(template) as place:
        process = place.start_import(files.bigger)
        time.sleep(delay_s)
        process.kill()
        status = finish(process).status
        if status not in (0, -9):
            raise Wrong(f"the import ended by itself with {status}")
        place.verify()
        place.import_all(files.first, unchanged=True)
        place.import_all(files.bigger)
        if place.lights(AS_OF) != expected:
            raise Wrong("the lights differ from those of a store that was left alone")
        return status != 0


def run_rounds(arguments, tally, template, files):
    with copy_of(template) as place:
        place.import_all(files.bigger)
        expected = place.lights(AS_OF)
    seconds = normal_time(template, files)
    delays = random.Random(arguments.seed)
    rounds = [(number, delays.uniform(0, 1.2 * seconds)) for number in range(arguments.rounds)]
    killed = []

    def run(numbered):
        number, delay_s = numbered
        tally.test(f"round {number}, killed after {delay_s:.3f} s of {seconds:.3f}",
                   lambda: killed.append(kill_round(template, files, expected, delay_s)))

    with ThreadPoolExecutor(arguments.jobs) as pool:
        list(pool.map(run, rounds))
    print(f"{sum(killed)} of {arguments.rounds} imports were killed under way")
    if not sum(killed):
        raise Wrong("no import was killed under way: make --members larger")


def main():
    arguments = parse_arguments(__doc__, rounds=60, seed=1, members=300, jobs=2)
    tally = Tally()
    with folder() as root:
        files = make_workbooks(root, arguments.members)
        template = Place(arguments.jishi, os.path.join(root, "template"))
        template.import_all(files.first)
        tally.test("the rounds as a whole", run_rounds, arguments, tally, template, files)
    tally.close()


if __name__ == "__main__":
    main()
