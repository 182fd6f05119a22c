#!/usr/bin/python3
"""PostgreSQL is stopped and started again under load: 503 meanwhile, then everything goes on.

Run: postgres_away.py --jishi PATH [--rounds 1] [--members 300] [--writers 64] [--rows 20000]

Each round stops it fast, then as by a crash. What was answered is there once; what was refused or
unanswered, sent again with its key, is done once; streams of events go on or resume; the server
never ends.
"""

import os
import socket
import threading
import time

from common import Tally, Wrong, parse_arguments
from listeners import Listener
from postgres import FAST, IMMEDIATE
from serving import Client, cities, until
from writers import Writers

LISTENERS = 8
BACK_WITHIN_S = 20
WATCHED_S = 7  # longer than the five seconds after which sessions are looked after
KNOCKS_A_SECOND = 40


def expect_away(city):
    """Reads are refused for the moment, and the server says of itself how it is."""
    for path in (f"/api/v1/organisations/{city.top}/activities", "/readyz"):
        answer = city.chief.send("GET", path)
        if answer.status != 503 or not answer.headers.get("retry-after", "").isdigit():
            raise Wrong(f"GET {path}: {answer.status} {answer.headers} {answer.body[:200]}")
        if path.startswith("/api") and answer.code != "api.store_away":
            raise Wrong(f"GET {path}: {answer.body[:200]}")
    health = Client(city.port).send("GET", "/healthz")
    if health.status != 200:
        raise Wrong(f"GET /healthz: {health.status}")


def hold_heard(city, writers, listeners):
    """Each listener hears of a few more facts, one after the other, at once or by resuming."""
    writers.add(5)
    last = int(city.rows("select max(seq) from ledger_fact where kind = 40")[0][0])
    for listener in listeners:
        until(lambda heard=listener: heard.reached(last) or heard.complaint,
              f"fact {last} is heard; last heard: {listener.heard[-1:]}")
        listener.hold()


def away_and_back(city, writers, how):
    listeners = [Listener(city).start() for _ in range(LISTENERS)]
    until(lambda: all(listener.streams for listener in listeners), "the streams are open")
    before = writers.answered
    writers.start()
    until(lambda: writers.answered >= before + 5 * writers.count, "answers before it goes")
    city.postgres.stop(how)
    refused = sum(writers.refused.values())
    until(lambda: sum(writers.refused.values()) >= refused + writers.count or writers.complaints,
          "writes are refused while it is away")
    expect_away(city)
    late = Listener(city).start()  # comes while it is away
    late.since = max((listener.since or 0) for listener in listeners)
    until(lambda: late.streams or late.refused or late.complaint, "the late listener is answered")
    city.postgres.start()
    before = writers.answered
    until(lambda: writers.answered >= before + writers.count or writers.complaints,
          "answers after it came back", BACK_WITHIN_S)
    writers.stop()
    writers.settle()
    hold_heard(city, writers, [*listeners, late])
    for listener in (*listeners, late):
        listener.stop()
    writers.hold_present()
    writers.hold_answers()
    if city.process.poll() is not None:
        raise Wrong("the server has ended")


def nobody_writes(city, writers):
    """Who begins to listen while it is away misses nothing, and a server that waits for its store
    does not ask for it without a pause."""
    present, late = Listener(city).start(), Listener(city)
    until(lambda: present.streams, "the stream is open")
    hold_heard(city, writers, [present])
    late.since = present.since
    city.catch_up()
    city.read("/api/v1/session")  # who that is stands in memory now: the late one is let in
    city.postgres.stop(FAST)
    late.start()
    until(lambda: late.streams or late.refused or late.complaint, "the late listener is answered")
    with Knocks(city.postgres) as knocks:
        time.sleep(WATCHED_S)
    city.postgres.start()
    hold_heard(city, writers, [present, late])
    for listener in (present, late):
        listener.stop()
    if knocks.count > WATCHED_S * KNOCKS_A_SECOND:
        raise Wrong(f"it asked {knocks.count} times in {WATCHED_S} s whether its store is back")


class Knocks:
    """Stands where PostgreSQL listened, turns everybody away and counts them."""

    def __init__(self, postgres):
        self.count = 0
        self.socket = socket.socket(socket.AF_UNIX)
        self.path = os.path.join(postgres.root, ".s.PGSQL.5432")
        self.socket.bind(self.path)
        self.socket.listen(64)
        self.thread = threading.Thread(target=self.work, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.socket.close()
        os.unlink(self.path)

    def work(self):
        while True:
            try:
                self.socket.accept()[0].close()
            except OSError:
                return
            self.count += 1


def away_in_an_import(city, writers, how, rows):
    """An import that runs when it goes begins again when it is back, and is done once."""
    path, topics = city.activities_file(rows, "导入的主题党日")
    job = city.begin_import(path)
    city.postgres.stop(how)
    city.postgres.start()
    until(city.ready, "the server is ready")
    city.end_import(job)
    writers.besides |= topics
    writers.hold_present()


def ended_in_good_order(city):
    city.hold_lights()
    city.verify()


def main():
    arguments = parse_arguments(__doc__, rounds=1, members=300, writers=64, rows=20_000)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally, only="PostgreSQL") as made:
        for city in made:
            city.serve()
            writers = Writers(city, arguments.writers)
            for number in range(1, arguments.rounds + 1):
                for name, how in (("fast", FAST), ("as by a crash", IMMEDIATE)):
                    tally.test(f"round {number}: stopped {name}", away_and_back, city, writers, how)
            tally.test("nobody writes while it is away", nobody_writes, city,
                       writers)
            tally.test("away in an import", away_in_an_import, city, writers, IMMEDIATE,
                       arguments.rows)
            tally.test("at the end", ended_in_good_order, city)
            print(f"{writers.answered} commands, refused meanwhile: {dict(writers.refused)}, "
                  f"lost: {writers.lost}")
    tally.close()


if __name__ == "__main__":
    main()
