#!/usr/bin/python3
"""No room on the disk: the import fails and says so; the store is as before.

Run: disk_full.py --jishi PATH [--members 3000]

Room is limited for every file (RLIMIT_FSIZE) and, where this may mount one, by a small tmpfs.
"""

import os
import resource
import subprocess
from contextlib import contextmanager

from common import Place, Tally, Wrong, copy_of, finish, folder, parse_arguments
from workbooks import AS_OF, make_workbooks

KIB = 1024
SPARES_KIB = (0, 64, 256)  # the room that is left, in KiB


def sizes(root):
    return [os.path.getsize(os.path.join(path, name))
            for path, _, names in os.walk(root) for name in names]


def expect_failure(process):
    done = finish(process)
    if done.status not in (1, 3):
        raise Wrong(f"exit {done.status}, expected 1 or 3: {done.errors}")
    if not done.errors.strip():
        raise Wrong("it does not say why it failed")


def expect_as_before(place, files, before):
    place.verify()
    if place.lights(AS_OF) != before:
        raise Wrong("the store is not as before")
    place.import_all(files.first, unchanged=True)
    place.import_all(files.bigger)


def files_too_large(template, files, before, spare_kib):
    with copy_of(template) as place:
        limit = max(sizes(place.data)) + spare_kib * KIB
        # Not restoring signals leaves SIGXFSZ ignored, as Python has it: writing fails with EFBIG.
        process = place.start_import(
            files.bigger, restore_signals=False,
            prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
        expect_failure(process)
        expect_as_before(place, files, before)


@contextmanager
def small_disk(folder_path, size):
    os.makedirs(folder_path)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "jishi-faults", folder_path],
                   check=True, capture_output=True)
    try:
        yield folder_path
    finally:
        subprocess.run(["umount", "--lazy", folder_path], check=True)


def disk_too_small(template, files, before, spare_kib):
    # A file takes whole pages of 4 KiB, a folder one.
    needed = sum(size + 4 * KIB for size in sizes(template.root)) + 64 * KIB
    with folder() as root, small_disk(os.path.join(root, "disk"), needed + spare_kib * KIB) as disk:
        with copy_of(template, disk) as place:
            expect_failure(place.start_import(files.bigger))
            with copy_of(place) as roomy:
                expect_as_before(roomy, files, before)


def may_mount():
    try:
        with folder() as root, small_disk(os.path.join(root, "disk"), 64 * KIB):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def main():
    arguments = parse_arguments(__doc__, members=3000)
    tally = Tally()
    with folder() as root:
        files = make_workbooks(root, arguments.members)
        template = Place(arguments.jishi, os.path.join(root, "template"))
        template.import_all(files.first)
        before = template.lights(AS_OF)
        mounts = may_mount()
        for spare in SPARES_KIB:
            tally.test(f"files too large, {spare} KiB to spare", files_too_large, template, files,
                       before, spare)
            name = f"disk too small, {spare} KiB to spare"
            if mounts:
                tally.test(name, disk_too_small, template, files, before, spare)
            else:
                tally.skip(name, "no permission to mount a tmpfs")
    tally.close()


if __name__ == "__main__":
    main()
