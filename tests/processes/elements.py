#!/usr/bin/python3
"""Small BPMN models, one for each element: those that are executed are played by their tables,
those that are refused are refused element by element, and all are written again without loss.

Run: tests/processes/elements.py --jishi build/release/jishi [--only WORD]

tests/fixtures/bpmn: `executed/NAME.bpmn` with `NAME.test`; `refused/NAME.bpmn`, whose first comment
says `refused: ELEMENT CODE, …`; `kept/NAME.bpmn`, models as other tools draw them, whose first
comment says the same, or `executed`, then with a table. Closes with 'N passed, N failed'.
"""

import fnmatch
import json
import re
import sys

from roundtrip import unreadable, written_again
from run import ROOT, Suite, close
from table import Wrong

FIXTURES = ROOT / "tests/fixtures/bpmn"
EXPECTED = re.compile(r"<!-- (refused: (?P<refused>.+?)|executed) -->", re.DOTALL)


def expected_of(path):
    """What the first comment says is refused: a sorted list of (element, code)."""
    found = EXPECTED.search(path.read_text("utf-8"))
    if found is None:
        raise Wrong("no comment says what is expected")
    pairs = (found.group("refused") or "").split(",")
    return sorted(tuple(pair.split()) for pair in pairs if pair.strip())


def refused_of(program, path):
    """What `process check` refuses: a sorted list of (element, code); `-` where it names none."""
    _, told, said = program.call("process", "check", str(path))
    findings = [json.loads(line) for line in told.splitlines()]
    if said.strip():
        raise Wrong(said.strip())
    return sorted((one["element"] or "-", one["code"]) for one in findings
                  if one["severity"] == "refused")


def looks_like(found, expected):
    return len(found) == len(expected) and all(
        one[0] == wanted[0] and fnmatch.fnmatchcase(one[1], wanted[1])
        for one, wanted in zip(found, expected))


def hold(program, path):
    """Refused as its comment says; never silently, never in words without the element."""
    found, expected = refused_of(program, path), expected_of(path)
    if not looks_like(found, expected):
        raise Wrong(f"refused {found}, not {expected}")


class Elements(Suite):
    def run(self):
        for path in sorted(FIXTURES.glob("executed/*.bpmn")):
            if self.only in path.name:
                self.tell(self.attempt(path, "check", lambda: self.checked(path)))
                self.again(path, written_again)
                self.table(path.with_suffix(".test"))
        others = [*FIXTURES.glob("refused/*.bpmn"), *FIXTURES.glob("kept/*.bpmn")]
        for path in sorted(others):
            if self.only not in path.name:
                continue
            self.tell(self.attempt(path, "refused", lambda: hold(self.program, path)))
            self.again(path, unreadable if self.is_unreadable(path) else written_again)
            if path.with_suffix(".test").exists():
                self.table(path.with_suffix(".test"))

    def again(self, path, work):
        self.tell(self.attempt(path, "roundtrip", lambda: work(self.program, path)))

    def is_unreadable(self, path):
        return any(code in ("xml.*", "process.not_bpmn") for _, code in expected_of(path))


if __name__ == "__main__":
    sys.exit(close(Elements, __doc__))
