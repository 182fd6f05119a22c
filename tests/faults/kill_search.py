#!/usr/bin/python3
"""kill -9 of the server while activities are recorded, and their index follows or is being rebuilt:
after the next start every activity that was acknowledged is found, the rebuild that was begun comes
to its end, and the index is whole.

Run: kill_search.py --jishi PATH [--postgres URL] [--rounds 6] [--seed 1]
"""

import argparse
import random
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

from common import Tally, Wrong

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scenarios"))
from world import World, read  # noqa: E402

WRITERS = "甲乙丙丁"
FOUND_S = 60


def record(world, client, topic, acknowledged, stop):
    """Records activities one after the other until the server is gone; keeps the ids of those that
    it answered for."""
    codes = [f"E{number}" for number in range(1, 10)]
    for number in range(100_000):
        if stop.is_set():
            return
        code = codes[number % len(codes)]
        body = {"kind": "lecture", "held_on": "2026-05-01", "topic": f"{topic}第{number}讲"}
        try:
            answer = client.send("POST", f"/api/v1/organisations/{world.known[code]}/activities",
                                 body)
        except OSError:
            return
        if answer.status == 201:
            acknowledged.append(answer.json["activity"])


def found(client, organisation, words):
    """The ids of all activities that are found by words, page after page; None while the index is
    being made."""
    ids, after = set(), ""
    while True:
        answer = client.send("GET", f"/api/v1/organisations/{organisation}/activities"
                                    f"?limit=200&q={quote(words)}{after}")
        if answer.status == 503:
            return None
        if answer.status != 200:
            raise Wrong(f"the search answers {answer.status} {answer.body[:300]!r}")
        ids.update(item["id"] for item in answer.json["items"])
        if not answer.json["next"]:
            return ids
        after = "&after=" + answer.json["next"]


def kill_under_load(world, topic, enough, rebuild):
    """Lets writers write until so many activities are acknowledged, kills the server; the ids."""
    acknowledged, stop = [], threading.Event()
    threads = [threading.Thread(target=record, args=(world, world.clients["chief"],
                                                     f"{topic}{name}组", acknowledged, stop))
               for name in WRITERS]
    for thread in threads:
        thread.start()
    begun = False
    until = time.monotonic() + FOUND_S
    while len(acknowledged) < enough and time.monotonic() < until:
        if rebuild and not begun and len(acknowledged) > enough // 2:
            begun = True
            world.clients["system"].send("POST", "/api/v1/system/rebuilds", {"what": "full_text"})
        time.sleep(0.002)
    world.server.kill()
    world.server.wait()
    stop.set()
    for thread in threads:
        thread.join()
    if len(acknowledged) < enough:
        raise Wrong(f"only {len(acknowledged)} of {enough} activities were recorded")
    return set(acknowledged)


def start_again(world):
    world.start()
    for client in world.clients.values():
        client.port = world.port


def hold_rebuilds(world):
    """Waits until no rebuild waits or runs, and holds that none was given up."""
    until = time.monotonic() + FOUND_S
    while True:
        jobs = read(world.clients["system"], "/api/v1/system/rebuilds")["items"]
        states = {job["state"] for job in jobs}
        if states <= {"done"}:
            return len(jobs)
        if "failed" in states or time.monotonic() > until:
            raise Wrong(f"a rebuild did not come to its end: {jobs}")
        time.sleep(0.05)


def round_of(world, number, draws):
    topic, rebuild = f"第{number}轮", number % 2 == 1
    acknowledged = kill_under_load(world, topic, draws.randint(20, 400), rebuild)
    start_again(world)
    if hold_rebuilds(world) == 0 and rebuild:
        raise Wrong("the rebuild that was begun is forgotten")
    chief, until = world.clients["chief"], time.monotonic() + FOUND_S
    while True:
        there = found(chief, world.known["CITY"], topic)
        if there is not None and acknowledged <= there:
            return
        if time.monotonic() > until:
            missing = len(acknowledged - (there or set()))
            raise Wrong(f"{missing} of {len(acknowledged)} acknowledged activities are not found")
        time.sleep(0.05)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--postgres", metavar="URL", help="run on this PostgreSQL database")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    tally, draws = Tally(), random.Random(arguments.seed)
    with World(arguments.jishi, arguments.postgres) as world:
        for number in range(arguments.rounds):
            tally.test(f"round {number}", round_of, world, number, draws)
        world.stop()
        tally.test("the index is whole and level with the store", world.run, "doctor")
    tally.close()


if __name__ == "__main__":
    main()
