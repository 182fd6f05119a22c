#!/usr/bin/python3
"""kill -9 of the server under 64 who write: what was answered is there, once, and it goes on.

Run: kill_server.py --jishi PATH [--rounds 3] [--seed 1] [--members 300] [--writers 64]
         [--rows 20000]

Each round kills the server after a random number of answers. Then the store verifies; what was
answered is there once; what was not, sent again with its key, is done once; sessions are good;
lights are those of a store whose marts are made anew. So with an import of many rows.
"""

import random

from common import Tally, Wrong, parse_arguments
from serving import cities, until
from writers import Writers


def kill_round(city, writers, more):
    """One round; the server runs at its beginning and at its end."""
    wanted = writers.answered + more
    writers.start()
    until(lambda: writers.answered >= wanted or writers.complaints, f"{more} more answers")
    city.kill()
    writers.stop()
    writers.hold()
    city.verify()
    city.serve()
    writers.hold_present()  # by the session of before
    writers.settle()
    writers.hold_present()
    writers.hold_answers()
    city.catch_up()


def import_killed(city, writers, rows):
    """An import that runs when the server is killed begins again, and is done once."""
    path, topics = city.activities_file(rows, "导入的主题党日")
    job = city.begin_import(path)
    city.kill()
    city.verify()
    (held,), = city.rows("select count(*) from orglife_activity where topic like '%导入%'")
    if held not in ("0", str(rows)):
        raise Wrong(f"half an import is there: {held} of {rows} rows")
    city.serve()
    city.end_import(job)
    writers.besides |= topics
    writers.hold_present()
    print(f"{city.engine}: killed when {held} of {rows} rows were there")


def rounds(city, arguments, tally):
    writers = Writers(city, arguments.writers)
    chance = random.Random(arguments.seed)
    city.serve()
    for number in range(1, arguments.rounds + 1):
        more = chance.randint(arguments.writers, 20 * arguments.writers)
        tally.test(f"{city.engine}: round {number}, killed after {more} answers", kill_round, city,
                   writers, more)
    if not writers.lost:
        raise Wrong("nobody was waiting for an answer when the server was killed")
    tally.test(f"{city.engine}: killed in an import", import_killed, city, writers, arguments.rows)
    tally.test(f"{city.engine}: lights after all rounds", city.hold_lights)
    city.verify()
    print(f"{city.engine}: {writers.answered} commands, {writers.lost} lost their connection")


def main():
    arguments = parse_arguments(__doc__, rounds=3, seed=1, members=300, writers=64,
                                rows=20_000)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally) as made:
        for city in made:
            tally.test(f"{city.engine}: the rounds as a whole", rounds, city, arguments, tally)
    tally.close()


if __name__ == "__main__":
    main()
