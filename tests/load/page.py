"""A section of docs/generated/performance.md that `jishi bench --write` leaves alone."""

import re
from dataclasses import dataclass
from pathlib import Path

HEAD = "| figure | expected | measured | verdict |\n|---|--:|--:|---|\n"


@dataclass
class Figure:
    """What was measured, beside the most that was expected."""

    name: str
    measured: float
    unit: str
    most: float = None

    @property
    def met(self):
        return self.most is None or self.measured <= self.most

    def row(self):
        expected = "" if self.most is None else f"≤ {self.most:,.4g}"
        verdict = "" if self.most is None else "met" if self.met else "**missed**"
        return f"| {self.name} | {expected} | {self.measured:,.4g} {self.unit} | {verdict} |\n"


def conclude(figures, write, *section):
    """Shows figures, puts them on the page `write` (None: on none), counts them: exit status."""
    for figure in figures:
        print(figure.row().strip("|\n ").replace(" | ", "  "))
    if write:
        name, title, notes = section
        write_section(write, name, title, figures, notes)
    failed = sum(not figure.met for figure in figures)
    print(f"{len(figures) - failed} passed, {failed} failed")
    return 1 if failed else 0


def write_section(path, name, title, figures, notes):
    """Puts the section in the place of the one before, or at the end of the page."""
    page = Path(path).read_text("utf-8")
    section = f"\n## {name}\n\n{title}\n\n{HEAD}" + "".join(figure.row() for figure in figures)
    section += "\n" + "".join(f"- {note}\n" for note in notes)
    before = re.compile(rf"\n## {re.escape(name)}\n.*?(?=\n## |\Z)", re.DOTALL)
    if before.search(page):
        page = before.sub(lambda _: section, page)
    else:
        page += section
    Path(path).write_text(page, "utf-8")
