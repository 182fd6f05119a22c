#!/usr/bin/python3
"""Those who follow the ledger (marts, lights, the roll, live events) are killed in the middle.

Run: follower_killed.py --jishi PATH [--members 300] [--writers 32] [--rounds 1] [--seed 1]

The server is killed while the lights are behind, and something befalls the marts' file before it
starts again. Then lights and statistics are those of marts that are made anew, lists are those of
the store, and whoever listened resumes where they were.
"""

import os
import random
import shutil

from common import Tally, Wrong, folder, parse_arguments
from listeners import Listener
from serving import TOP, cities, until
from writers import Writers

KIB = 1024


class Marts:
    """The marts' file of a city, and what can befall it while nobody has it open."""

    def __init__(self, city, chance):
        self.file, self.chance = os.path.join(city.data, "marts.duckdb"), chance
        self.wal = self.file + ".wal"
        self.older = os.path.join(city.root, "older")

    def keep(self):
        """Puts a copy of what they are now aside."""
        shutil.rmtree(self.older, ignore_errors=True)
        os.makedirs(self.older)
        for path in filter(os.path.exists, (self.file, self.wal)):
            shutil.copy(path, self.older)

    # What can befall it, each under its own name. Nothing is said of what is as it was left.

    def left_alone(self):
        pass

    def deleted(self):
        self.drop_log()
        os.unlink(self.file)

    def log_deleted(self):
        self.drop_log()

    def cut_short(self):
        os.truncate(self.file, os.path.getsize(self.file) // 2)

    def emptied(self):
        self.drop_log()
        os.truncate(self.file, 0)

    def log_cut_short(self):
        if os.path.exists(self.wal):
            os.truncate(self.wal, os.path.getsize(self.wal) * 2 // 3)

    def overwritten(self):
        self.overwrite(self.file)

    def log_overwritten(self):
        if os.path.exists(self.wal):
            self.overwrite(self.wal)

    def put_back_older(self):
        self.deleted()
        for name in os.listdir(self.older):
            shutil.copy(os.path.join(self.older, name), os.path.dirname(self.file))

    def overwrite(self, path):
        """Rubbish in eight places of a file; a log that was just begun may still be empty."""
        size = max(os.path.getsize(path), KIB)
        with open(path, "r+b") as file:
            for _ in range(8):
                file.seek(self.chance.randrange(size))
                file.write(self.chance.randbytes(KIB))

    def drop_log(self):
        if os.path.exists(self.wal):
            os.unlink(self.wal)


BEFALLS = (Marts.left_alone, Marts.deleted, Marts.log_deleted, Marts.cut_short, Marts.emptied,
           Marts.log_cut_short, Marts.overwritten, Marts.log_overwritten, Marts.put_back_older)
# Marts know nothing of the engine: these are for how they follow PostgreSQL.
BEFALLS_ON_POSTGRES = (Marts.left_alone, Marts.deleted, Marts.put_back_older)
# It must be said that they are made anew; of the others it may be so.
TOLD = {Marts.deleted, Marts.cut_short, Marts.emptied}


def statistics_afresh(city):
    """The structure of the membership from marts that are made anew; the server is not running."""
    with folder() as other:
        lines = city.do("--json", "report", "--organisation", TOP, "--as-of", city.today(),
                        data=city.without_marts(other)).lines()
    return sorted((line["dimension"], line["band"], line["members"]) for line in lines)


def shown_statistics(city):
    shown = city.read(f"/api/v1/organisations/{city.top}/structure?as_of={city.today()}")
    return sorted((band["dimension"], band["band"], int(band["members"]))
                  for band in shown["bands"])


def killed_and_befallen(city, writers, marts, befall):
    """The server runs neither before nor afterwards."""
    city.serve()
    listener = Listener(city).start()
    until(lambda: listener.streams, "the stream is open")
    marts.keep()
    wanted = writers.answered + 4 * writers.count
    writers.start()
    until(lambda: writers.complaints or
          (writers.answered >= wanted and city.metric("jishi_lights_behind") > 0),
          "the lights are behind")
    city.kill()
    writers.stop()
    writers.hold()
    befall(marts)
    before = len(city.said())
    city.serve()
    city.catch_up()
    if befall in TOLD and "from the ledger" not in city.said()[before:]:
        raise Wrong(f"it does not say that the marts are made anew: {city.said()[before:]}")
    resumed(city, writers, listener)
    members = city.read(f"/api/v1/organisations/{city.top}/members/count")
    (held,), = city.rows("select count(*) from registry_person")
    if str(members["members"]) != held:
        raise Wrong(f"{members} are listed, {held} are on record")
    writers.settle()
    writers.hold_present()
    city.catch_up()
    shown = shown_statistics(city)
    city.hold_lights()
    if not shown or shown != statistics_afresh(city):
        raise Wrong("the statistics differ from those of marts that are made anew")


def resumed(city, writers, listener):
    writers.add(3)
    last = int(city.rows("select max(seq) from ledger_fact where kind = 40")[0][0])
    until(lambda: listener.reached(last) or listener.complaint, f"fact {last} is heard")
    listener.stop()
    listener.hold()


def main():
    arguments = parse_arguments(__doc__, members=300, writers=32, rounds=1, seed=1)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally) as made:
        for city in made:
            writers = Writers(city, arguments.writers)
            marts = Marts(city, random.Random(arguments.seed))
            befalls = BEFALLS_ON_POSTGRES if city.postgres else BEFALLS
            for befall in befalls * arguments.rounds:
                tally.test(f"{city.engine}: killed, marts {befall.__name__.replace('_', ' ')}",
                           killed_and_befallen, city, writers, marts, befall)
                city.close()
            city.verify()
    tally.close()


if __name__ == "__main__":
    main()
