#!/usr/bin/python3
"""Two processes on one store: the second is refused and told who holds it.

Run: two_processes.py --jishi PATH [--members 3000]
"""

import os
import signal
import time
from contextlib import contextmanager

from common import Place, Tally, Wrong, copy_of, finish, folder, parse_arguments
from workbooks import make_workbooks

LOOK_SECONDS = 0.002


def holds_a_lock(process):
    """Whether a process holds a file by flock(); looking on takes no lock itself."""
    with open("/proc/locks", encoding="ascii") as locks:
        return any(line.split()[1] == "FLOCK" and str(process.pid) in line.split()
                   for line in locks)


@contextmanager
def held(place, files):
    """An import that stands still, holding the store."""
    process = place.start_import(files.bigger)
    try:
        while not holds_a_lock(process):
            if process.poll() is not None:
                raise Wrong("the import ended too soon: make --members larger")
            time.sleep(LOOK_SECONDS)
        process.send_signal(signal.SIGSTOP)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def second_is_refused(template, files):
    with copy_of(template) as place, held(place, files) as first:
        refused = place.run("import", "--data", place.data, *files.first, status=1)
        if str(first.pid) not in refused.errors:
            raise Wrong(f"it does not name process {first.pid}: {refused.errors}")


def first_goes_on(template, files):
    with copy_of(template) as place:
        with held(place, files) as first:
            place.run("import", "--data", place.data, *files.first, status=1)
            first.send_signal(signal.SIGCONT)
            if (done := finish(first)).status != 0:
                raise Wrong(f"the first import ended with {done.status}: {done.errors}")
        place.import_all(files.first + files.bigger, unchanged=True)


def dead_process_holds_nothing(template, files):
    with copy_of(template) as place:
        with held(place, files) as first:
            first.kill()
            first.communicate()
            place.import_all(files.bigger)
        place.verify()


def main():
    arguments = parse_arguments(__doc__, members=3000)
    tally = Tally()
    with folder() as root:
        files = make_workbooks(root, arguments.members)
        template = Place(arguments.jishi, os.path.join(root, "template"))
        template.import_all(files.first)
        for test in (second_is_refused, first_goes_on, dead_process_holds_nothing):
            tally.test(test.__name__.replace("_", " "), test, template, files)
    tally.close()


if __name__ == "__main__":
    main()
