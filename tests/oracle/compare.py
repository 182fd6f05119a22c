#!/usr/bin/python3
"""Random cities through the program and through the oracle: the lights must be the same.

Run: python3 compare.py --jishi PATH [--cities 200] [--seed 1] [--keep DIR] [--db URL] [--jobs 2]

A city is one test. Closes with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

from city import LAST_DAY, make_city, write_city
from light_lines import difference
from lights import lights
from program import Unexpected, split_report, workplace
from records import UNNAMED

CHINA = timezone(timedelta(hours=8))


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--cities", type=int, default=200, help="how many cities")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first city")
    parser.add_argument("--keep", metavar="DIR", help="keep what a failed city was made of")
    parser.add_argument("--db", "--postgres", default="", metavar="URL",
                        help="a database of PostgreSQL for the stores, each in a schema of its own")
    parser.add_argument("--jobs", type=int, default=2, help="cities at the same time")
    return parser.parse_args()


def known_subjects(city):
    """The codes and numbers that the city's own rows give."""
    subjects = [o.code for o in city.organisations] + [m.number for m in city.members]
    return {subject for subject in subjects if not subject.startswith(UNNAMED)}


def row_counts(city):
    return {
        "organisations.csv": len(city.organisations),
        "members.csv": len(city.members),
        "posts.csv": len(city.posts),
        "activities.csv": len(city.activities),
        "dues.csv": len(city.payments),
    }


def import_problem(city, output):
    """'' if every sheet was recognised and every row accepted as new, else what was not."""
    sheets, refusals = split_report(output)
    if refusals:
        return f"{len(refusals)} refused, first: {json.dumps(refusals[0], ensure_ascii=False)}\n"
    expected = {
        file: {"file": file, "sheet": None, "kind": file.removesuffix(".csv"), "rows": count,
               "accepted": count, "refused": 0, "unchanged": 0}
        for file, count in row_counts(city).items()
    }
    actual = {sheet["file"]: sheet for sheet in sheets}
    if actual != expected or len(sheets) != len(expected):
        return f"sheets: expected {list(expected.values())}\n  actual {sheets}\n"
    return ""


def city_problem(program, database, seed, folder):
    """Runs one city whose files are put into `folder`; returns what is wrong, or ''."""
    city, day = make_city(seed)
    paths = list(write_city(city, folder).values())
    random.Random(seed).shuffle(paths)
    expected = lights(city, day)
    try:
        with workplace(program, database) as jishi:
            problem = import_problem(city, jishi.import_files(paths, expected_status=0))
            if not problem:
                actual = jishi.lights(day)
                write_lines(os.path.join(folder, "actual.ndjson"), actual)
                problem = difference(expected, actual, known_subjects(city))
    except Unexpected as error:
        problem = f"{error}\n"
    write_lines(os.path.join(folder, "expected.ndjson"), expected)
    return f"seed {seed}, D {day}:\n{problem}" if problem else ""


def write_lines(path, lines):
    with open(path, "w", encoding="utf-8") as file:
        for line in lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def run_city(arguments, seed):
    """One test: prints and returns whether it failed."""
    with tempfile.TemporaryDirectory(prefix="jishi-city-") as folder:
        problem = city_problem(arguments.jishi, arguments.db, seed, folder)
        if problem and arguments.keep:
            kept = os.path.join(arguments.keep, f"seed-{seed}")
            shutil.copytree(folder, kept, dirs_exist_ok=True)
            problem += f"kept in {kept}\n"
    if problem:
        print(f"{problem}again: {sys.executable} {os.path.abspath(__file__)} --jishi "
              f"{arguments.jishi} --cities 1 --seed {seed} --keep DIR\n", flush=True)
    return bool(problem)


def main():
    arguments = parse_arguments()
    if datetime.now(CHINA).date() < LAST_DAY:
        sys.exit(f"today is before {LAST_DAY}: the cities would lie in the future")
    seeds = range(arguments.seed, arguments.seed + arguments.cities)
    with ThreadPoolExecutor(max_workers=arguments.jobs) as pool:
        failed = sum(pool.map(lambda seed: run_city(arguments, seed), seeds))
    print(f"{len(seeds) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
