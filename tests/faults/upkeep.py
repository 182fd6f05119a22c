#!/usr/bin/python3
"""What the server does by itself, every few seconds: what was kept long enough is forgotten.

Run: upkeep.py --jishi PATH [--members 30]
"""

import os
import sqlite3

from common import Tally, Wrong, parse_arguments
from serving import cities, until

WITHIN_S = 20  # several rounds of upkeep
OLD = ("insert into api_answer (account, given, fingerprint, answer, at)"
       " values (0, 'old', '', '', 1)")


def put(city, sql):
    """Changes a row of a store that nobody serves."""
    if city.postgres:
        city.postgres.query(city.database, sql)
        return
    with sqlite3.connect(os.path.join(city.data, "jishi.sqlite")) as connection:
        connection.execute(sql)
    connection.close()


def old_answers_are_forgotten(city):
    put(city, OLD)

    def old():
        return city.rows("select 1 from api_answer where given = 'old'")

    if not old():
        raise Wrong("there is no old answer to forget")
    city.serve()
    try:
        until(lambda: not old(), "the old answer is forgotten", WITHIN_S)
    finally:
        city.stop()


def main():
    arguments = parse_arguments(__doc__, members=30)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally) as made:
        for city in made:
            tally.test(f"{city.engine}: old answers are forgotten", old_answers_are_forgotten, city)
    tally.close()


if __name__ == "__main__":
    main()
