#!/usr/bin/python3
"""A backup is made while 64 write, and restored elsewhere, to a folder and to a database.

Run: backup_under_load.py --jishi PATH [--members 300] [--writers 64] [--backups 1]

It holds a prefix of the ledger with the state that belongs to it: all that was answered before it
began, nothing torn. What is restored verifies, and serves those who were signed in.
"""

import os

from common import Tally, Wrong, parse_arguments
from serving import City, cities, until
from writers import Writers

LEAVES = {"SQLite": "select seq, lower(hex(leaf)) from ledger_fact where seq <= {} order by seq",
          "PostgreSQL": "select seq, encode(leaf, 'hex') from ledger_fact where seq <= {}"
                        " order by seq"}


def restored_place(city, name, server):
    """A place beside a city, with its keys, where its backup is to be restored."""
    place = City(city.program, os.path.join(city.root, name), server)
    place.environment["JISHI_KEYS"] = city.environment["JISHI_KEYS"]
    place.database, place.ids, place.top = name, city.ids, city.top
    place.chief.cookies, place.chief.csrf = dict(city.chief.cookies), city.chief.csrf
    if server:
        server.make_database(name)
    return place


def hold_prefix(city, place, made, writers, known):
    """`known`: the keys that were answered before the backup began."""
    place.verify()
    facts = made["facts"]
    (held,), = place.rows("select count(*) from ledger_fact")
    if int(held) != facts:
        raise Wrong(f"{held} facts, but the backup said {facts}")
    if place.rows(LEAVES[place.engine].format(facts)) != \
            city.rows(LEAVES[city.engine].format(facts)):
        raise Wrong("its facts are not the first of the ledger")
    topics = [topic for topic, in place.rows("select topic from orglife_activity")]
    (recorded,), = place.rows("select count(*) from ledger_fact where kind = 40")
    if len(topics) != int(recorded) or len(set(topics)) != len(topics):
        raise Wrong(f"{len(topics)} activities, {recorded} facts of them")
    missing, strange = known - set(topics), set(topics) - set(writers.commands)
    if missing or strange:
        raise Wrong(f"answered before and missing: {sorted(missing)[:5]}, "
                    f"sent by nobody: {sorted(strange)[:5]}")


def hold_serving(place):
    """It serves whoever was signed in, and its lights are those of its own facts."""
    place.serve()
    place.read("/api/v1/session")
    place.hold_lights()


def backed_up(city, writers, number, server):
    """The server runs, and goes on."""
    file = os.path.join(city.root, f"backup-{number}.jishi-backup")
    wanted = writers.answered + 4 * writers.count
    writers.start()
    until(lambda: writers.answered >= wanted or writers.complaints, "answers before it")
    known = {key for key, command in list(writers.commands.items()) if command.answer}
    made, = city.do("--json", "backup", file).lines()
    during = writers.answered - len(known)
    writers.stop()
    writers.settle()
    if not during:
        raise Wrong("nothing was written while the backup was made")
    city.do("restore", file, status=1)  # not over a store that is in use
    for name, target in (("folder", None), ("database", server)):
        if name == "database" and not server:
            continue
        engine = city.engine.lower()
        place = restored_place(city, f"{name}_of_{engine}_{number}", target)
        try:
            place.do("restore", file)
            hold_prefix(city, place, made, writers, known)
            hold_serving(place)
        finally:
            place.close()
    writers.hold_present()
    print(f"{city.engine}: {made['facts']} facts in the backup, {during} commands meanwhile")


def main():
    arguments = parse_arguments(__doc__, members=300, writers=64, backups=1)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally) as made:
        server = next((city.postgres for city in made if city.postgres), None)
        for city in made:
            city.serve()
            writers = Writers(city, arguments.writers)
            for number in range(1, arguments.backups + 1):
                tally.test(f"{city.engine}: backup {number}", backed_up, city, writers, number,
                           server)
            tally.test(f"{city.engine}: at the end", city.hold_lights)
    tally.close()


if __name__ == "__main__":
    main()
