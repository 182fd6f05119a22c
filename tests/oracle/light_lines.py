"""Compares the lights of the program with those of the oracle, line by line."""

import difflib
import json

from records import UNNAMED

SHOWN_LINES = 40


def difference(expected, actual, known_subjects):
    """What differs, as short text for a person; empty where nothing does.

    A subject without a code or number of its own (UNNAMED for the oracle, any subject outside
    `known_subjects` for the program) is compared without its name.
    """
    named = [light for light in actual if light.get("subject") in known_subjects]
    nameless = [light for light in actual if light.get("subject") not in known_subjects]
    expected_named = [light for light in expected if not light["subject"].startswith(UNNAMED)]
    expected_nameless = [light for light in expected if light["subject"].startswith(UNNAMED)]
    return (order_problem(actual)
            + diff(as_lines(expected_named), as_lines(named))
            + diff(without_subject(expected_nameless), without_subject(nameless)))


def order_problem(actual):
    """'Sorted by rule, then subject (by code point).'"""
    keys = [(str(light.get("rule")), str(light.get("subject"))) for light in actual]
    for before, after in zip(keys, keys[1:]):
        if before >= after:
            return f"out of order, or two lights for one subject: {before} then {after}\n"
    return ""


def as_lines(lights):
    return [json.dumps(light, sort_keys=True, ensure_ascii=False) for light in lights]


def without_subject(lights):
    return sorted(as_lines({**light, "subject": UNNAMED} for light in lights))


def diff(expected, actual):
    lines = list(difflib.unified_diff(expected, actual, "expected", "actual", n=0, lineterm=""))
    hidden = len(lines) - SHOWN_LINES
    if hidden > 0:
        lines = lines[:SHOWN_LINES] + [f"… and {hidden} more lines"]
    return "".join(line + "\n" for line in lines)
