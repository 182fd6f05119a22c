#!/usr/bin/python3
"""Hand-computed cases for lights.py, and checks that the random cities are worth running.

Run: python3 self_test.py        closes with 'N passed, N failed'
"""

import sys

import city as city_maker
from dates import add_months, add_years, period_from_text, period_text
from identity import citizen_check_sign, credit_check_sign
from light_cases import branch, day, light_cases
from lights import RULES, lights
from records import City

RULE_NAMES = {
    "election/term_overdue", "registry/branch_too_large", "registry/branch_too_small",
    "registry/secretary_vacant", "registry/post_holder_gone", "registry/member_stranded",
    "orglife/members_meeting", "orglife/committee_meeting", "orglife/theme_day",
    "orglife/lecture", "orglife/life_meeting", "dues/unpaid", "development/probation_overdue",
    "registry/lost_contact",
}


def check_order():
    """Sorted by rule, then subject, by code point: 'A10' < 'A9' < 'B'."""
    city = City([branch(code=code) for code in ("B", "A9", "A10")])
    subjects = [light["subject"] for light in lights(city, day("2026-02-10"))
                if light["rule"] == "orglife/theme_day"]
    assert subjects == ["A10", "A9", "B"], subjects
    rules = [light["rule"] for light in lights(city, day("2026-02-10"))]
    assert rules == sorted(rules)


def check_shape():
    """The keys and fixed values of the line that section 2 prints."""
    city = City([branch(elected=day("2023-03-01"))])
    first = lights(city, day("2026-03-02"))[0]
    assert first == {
        "rule": "election/term_overdue", "version": 1, "subject_kind": "organisation",
        "subject": "B", "level": "red", "since": "2026-03-02", "due": "2026-03-01"}, first


def check_dates():
    assert add_months(day("2024-01-31"), 1) == day("2024-02-29")
    assert add_months(day("2024-03-31"), -1) == day("2024-02-29")
    assert add_months(day("2025-12-31"), 2) == day("2026-02-28")
    assert add_years(day("2024-02-29"), 4) == day("2028-02-29")
    assert period_from_text("2026Q4").last == day("2026-12-31")
    assert period_from_text("2024-02").last == day("2024-02-29")
    for text in ("2026", "2026Q1", "2026-03"):
        assert period_text(period_from_text(text)) == text


def check_identity():
    """The public samples of FACTS.md G1."""
    for sample in ("11010519491231002X", "440524188001010014"):
        assert citizen_check_sign(sample[:17]) == sample[17], sample
    for sample in ("91110108551385082Q", "9144030071526726XG", "91330100799655058B"):
        assert credit_check_sign(sample[:17]) == sample[17], sample


def check_cities_acceptable():
    """Random cities break no clause of section 1 that could refuse a row."""
    for seed in range(40):
        for problem in city_maker.problems(city_maker.make_city(seed)[0]):
            raise AssertionError(f"seed {seed}: {problem}")


def check_cities_repeat():
    assert city_maker.make_city(7) == city_maker.make_city(7)
    assert city_maker.make_city(7) != city_maker.make_city(8)


def check_cities_cover():
    """Every rule and level is lit in some of the first cities, and nothing unknown is."""
    lit = set()
    for seed in range(60):
        city, as_of = city_maker.make_city(seed)
        lit |= {(light["rule"], light["level"]) for light in lights(city, as_of)}
    one_level = {"registry/branch_too_large": "yellow", "registry/branch_too_small": "red",
                 "registry/post_holder_gone": "yellow", "registry/member_stranded": "red"}
    wanted = {(rule, level) for rule in RULE_NAMES for level in ("yellow", "red")
              if one_level.get(rule, level) == level}
    assert lit == wanted, (wanted - lit, lit - wanted)


CHECKS = (check_order, check_shape, check_dates, check_identity, check_cities_acceptable,
          check_cities_repeat, check_cities_cover)


def run_check(check):
    try:
        check()
    except AssertionError as error:
        return f"{check.__name__}: {error}"
    return None


def of(rule, city, as_of):
    """The lights of one rule, short: (subject, level, since, due)."""
    return [
        (light["subject"], light["level"], light["since"], light["due"])
        for light in lights(city, day(as_of))
        if light["rule"] == rule
    ]


def run_light_case(case):
    name, rule, city, as_of, expected = case
    actual = of(rule, city, as_of)
    if actual == expected:
        return None
    return f"{rule}, {name}, D {as_of}:\n  expected {expected}\n  actual   {actual}"


def main():
    assert len(RULES) == len(RULE_NAMES) == 14
    failures = [run_light_case(case) for case in light_cases()]
    failures += [run_check(check) for check in CHECKS]
    for failure in filter(None, failures):
        print(failure)
    failed = len([failure for failure in failures if failure])
    print(f"{len(failures) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
