#!/usr/bin/python3
"""The disk is full while the server serves: writes are refused, reads go on; with room, all does.

Run: disk_full_serving.py --jishi PATH [--members 300] [--writers 64]

Room is taken by a file beside the store on a small tmpfs, where this may mount one, and by a limit
on the size of files (RLIMIT_FSIZE). On PostgreSQL also where its own disk is full.
"""

import os
import resource
import shutil
import subprocess
from contextlib import contextmanager

from common import Tally, Wrong, parse_arguments
from disk_full import may_mount, small_disk
from listeners import Listener
from serving import PASSWORD, Client, cities, multipart, until
from writers import Writers

MIB = 1024 * 1024
ROOM_MIB = 48  # beside the store: for logs, marts, uploads
BACK_WITHIN_S = 20
WITHOUT_LIMIT = resource.RLIM_INFINITY


class Filler:
    """Takes all the room that a disk has left, and gives it back."""

    def __init__(self, disk):
        self.path = os.path.join(disk, "filler")

    def take(self):
        with open(self.path, "ab", buffering=0) as file:
            for size in (MIB, 4096, 1):
                try:
                    while file.write(b"\0" * size) == size:
                        pass
                except OSError:
                    pass

    def give(self):
        os.unlink(self.path)


class Limit:
    """The server may write no further than into the first page of any file."""

    def __init__(self, city):
        self.city = city

    def take(self):
        self.set(4096)

    def give(self):
        self.set(WITHOUT_LIMIT)

    def set(self, size):
        resource.prlimit(self.city.process.pid, resource.RLIMIT_FSIZE, (size, WITHOUT_LIMIT))


@contextmanager
def moved_to_disk(folder_path, room_mib):
    """A copy of a folder on a small disk, which takes its place at the end."""
    disk = folder_path + "-disk"
    needed = sum(os.path.getsize(os.path.join(path, name)) + 4096
                 for path, _, names in os.walk(folder_path) for name in names)
    with small_disk(disk, needed + room_mib * MIB):
        moved = os.path.join(disk, "data")
        subprocess.run(["cp", "-a", folder_path, moved], check=True)
        yield disk, moved
        shutil.rmtree(folder_path)
        subprocess.run(["cp", "-a", moved, folder_path], check=True)
    os.rmdir(disk)


@contextmanager
def data_on_disk(city):
    """The city's data folder stands on a disk of its own."""
    before = city.data
    with moved_to_disk(before, ROOM_MIB) as (disk, city.data):
        try:
            yield disk
        finally:
            city.close()
    city.data = before


@contextmanager
def server_on_disk(postgres):
    """The database server's files stand on a disk of their own."""
    before = postgres.data
    postgres.stop()
    with moved_to_disk(before, ROOM_MIB) as (disk, postgres.data):
        os.chmod(disk, 0o711)
        postgres.start()
        try:
            yield disk
        finally:
            postgres.stop()
    postgres.data = before
    postgres.start()


def expect_reads(city):
    top = f"/api/v1/organisations/{city.top}"
    for path in (top, f"{top}/children", f"{top}/members?limit=50", f"{top}/members/count",
                 f"{top}/activities?limit=50", f"{top}/lights?limit=50", "/api/v1/session",
                 "/api/v1/search?q=样本", "/healthz"):
        answer = city.chief.send("GET", path.replace("样本", "%E6%A0%B7%E6%9C%AC"))
        if answer.status != 200:
            raise Wrong(f"GET {path}: {answer.status} {answer.body[:200]}")


def expect_refusals(city):
    """What writes otherwise than by a command is refused in the same words."""
    body, kind = multipart([], [("files", "党员.csv", b"\xe5\xa7\x93\xe5\x90\x8d\n" * 100_000)])
    top = f"/api/v1/organisations/{city.top}"
    for method, path, sent, headers in (
            ("POST", "/api/v1/sessions", {"login": "chief", "password": PASSWORD}, {}),
            ("POST", f"{top}/imports", body, {"Content-Type": kind}),
            ("GET", f"{top}/members?format=csv", None, {}),
            ("GET", f"{top}/members?format=xlsx", None, {})):
        answer = city.chief.send(method, path, sent, headers)
        if answer.status != 503 or not answer.headers.get("retry-after", "").isdigit() or \
                answer.code not in ("api.disk_full", "http.disk_full"):
            raise Wrong(f"{method} {path}: {answer.status} {answer.headers} {answer.body[:300]}")


def full_and_free(city, writers, room):
    """The store's disk is full. The server does not run at the beginning, nor at the end."""
    city.serve()
    begin(writers)
    room.take()
    until(lambda: writers.refused["api.disk_full"] >= 2 * writers.count or writers.complaints,
          "writes are refused")
    expect_reads(city)
    if not city.postgres:
        expect_refusals(city)
    go_on(city, writers, room)


def beside_full_and_free(city, writers, room):
    """The store has room, but not what lies beside it: marts and exports."""
    city.serve()
    begin(writers)
    room.take()
    answered = writers.answered
    until(lambda: writers.answered >= answered + 10 * writers.count or writers.complaints,
          "writes go on")
    expect_reads(city)
    go_on(city, writers, room)


def begin(writers):
    wanted = writers.answered + 5 * writers.count
    writers.start()
    until(lambda: writers.answered >= wanted or writers.complaints, "answers before it is full")


def go_on(city, writers, room):
    """There is room again: all is as if nothing had been, without a start."""
    listener = Listener(city).start()
    until(lambda: listener.streams, "a stream is open")
    room.give()
    answered = writers.answered
    until(lambda: writers.answered >= answered + 5 * writers.count or writers.complaints,
          "answers after there was room again", BACK_WITHIN_S)
    writers.stop()
    writers.settle()
    writers.hold_present()
    writers.hold_answers()
    writers.add(1)
    last = int(city.rows("select max(seq) from ledger_fact where kind = 40")[0][0])
    until(lambda: listener.reached(last), f"fact {last} is heard")
    listener.stop()
    listener.hold()
    city.hold_lights()
    city.verify()


def on_sqlite(city, tally, writers, mounts):
    tally.test("SQLite: files may not grow", full_and_free, city, writers, Limit(city))
    city.close()
    if not mounts:
        tally.skip("SQLite: disk full", "no permission to mount a tmpfs")
        return
    with data_on_disk(city) as disk:
        tally.test("SQLite: disk full", full_and_free, city, writers, Filler(disk))


def on_postgres(city, tally, writers, mounts):
    if not mounts:
        tally.skip("PostgreSQL: disk full", "no permission to mount a tmpfs")
        return
    with data_on_disk(city) as disk:
        tally.test("PostgreSQL: disk full beside it", beside_full_and_free, city, writers,
                   Filler(disk))
    with server_on_disk(city.postgres) as disk:
        tally.test("PostgreSQL: its own disk full", full_and_free, city, writers, Filler(disk))
        city.close()


def main():
    arguments = parse_arguments(__doc__, members=300, writers=64)
    tally = Tally()
    mounts = may_mount()
    with cities(arguments.jishi, arguments.members, tally) as made:
        for city in made:
            work = on_postgres if city.postgres else on_sqlite
            work(city, tally, Writers(city, arguments.writers), mounts)
    tally.close()


if __name__ == "__main__":
    main()
