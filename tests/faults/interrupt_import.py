#!/usr/bin/python3
"""Ctrl-C during an import: the program says so, ends with 130, and the store is as before.

Before the import proper the signal may end the program by itself, which a shell shows as 130 too.

Run: interrupt_import.py --jishi PATH [--members 3000]
"""

import os
import signal
import time

from common import Place, Tally, Wrong, copy_of, finish, folder, parse_arguments
from workbooks import AS_OF, make_workbooks

INTERRUPTED = 128 + signal.SIGINT


def interrupted(template, files, before, delay_s):
    """True when the import was interrupted, False when it had ended before."""
    with copy_of(template) as place:
        process = place.start_import(files.bigger)
        time.sleep(delay_s)
        process.send_signal(signal.SIGINT)
        done = finish(process)
        if done.status == 0:
            return False
        if done.status not in (INTERRUPTED, -signal.SIGINT):
            raise Wrong(f"exit {done.status}, expected {INTERRUPTED}: {done.errors}")
        if done.status == INTERRUPTED and not done.errors.strip():
            raise Wrong("it does not say what became of the import")
        place.verify()
        if place.lights(AS_OF) != before:
            raise Wrong(f"the store is not as before, though the program said: {done.errors}")
        place.import_all(files.first, unchanged=True)
        place.import_all(files.bigger)
        return True


def interrupt_at(template, files, before, seconds, share):
    """Interrupts at a share of the time an import takes; earlier, if it had ended by then."""
    for _ in range(5):
        if interrupted(template, files, before, share * seconds):
            return
        share /= 2
    raise Wrong("the import always ended before the interrupt: make --members larger")


def main():
    arguments = parse_arguments(__doc__, members=3000)
    tally = Tally()
    with folder() as root:
        files = make_workbooks(root, arguments.members)
        template = Place(arguments.jishi, os.path.join(root, "template"))
        template.import_all(files.first)
        before = template.lights(AS_OF)
        with copy_of(template) as place:
            started = time.monotonic()
            place.import_all(files.bigger)
            seconds = time.monotonic() - started
        for share in (0.1, 0.3, 0.5, 0.7, 0.9):
            tally.test(f"interrupted after {share:.0%} of its time", interrupt_at, template, files,
                       before, seconds, share)
    tally.close()


if __name__ == "__main__":
    main()
