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


@contextmanager
def held(place, files, seconds):
    """An import that stands still in the middle, holding the store."""
    process = place.start_import(files.bigger)
    try:
        time.sleep(0.4 * seconds)
        process.send_signal(signal.SIGSTOP)
        if process.poll() is not None:
            raise Wrong("the import ended too soon: make --members larger")
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def second_is_refused(template, files, seconds):
    with copy_of(template) as place, held(place, files, seconds) as first:
        refused = place.run("import", "--data", place.data, *files.first, status=1)
        if str(first.pid) not in refused.errors:
            raise Wrong(f"it does not name process {first.pid}: {refused.errors}")


def first_goes_on(template, files, seconds):
    with copy_of(template) as place:
        with held(place, files, seconds) as first:
            place.run("import", "--data", place.data, *files.first, status=1)
            first.send_signal(signal.SIGCONT)
            if (done := finish(first)).status != 0:
                raise Wrong(f"the first import ended with {done.status}: {done.errors}")
        place.import_all(files.first + files.bigger, unchanged=True)


def dead_process_holds_nothing(template, files, seconds):
    with copy_of(template) as place:
        with held(place, files, seconds) as first:
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
        with copy_of(template) as place:
            started = time.monotonic()
            place.import_all(files.bigger)
            seconds = time.monotonic() - started
        for test in (second_is_refused, first_goes_on, dead_process_holds_nothing):
            tally.test(test.__name__.replace("_", " "), test, template, files, seconds)
    tally.close()


if __name__ == "__main__":
    main()
