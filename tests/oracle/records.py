"""The five kinds of record of section 1, as plain values after an accepted import.

An organisation or person whose code or number was not given has a key that begins with
UNNAMED: the program prints a code of its own there, which no test can know.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import List, Optional

UNNAMED = "?"


@dataclass
class Organisation:
    """One row of 党组织名册; `parent` is the code of the organisation above, or empty."""

    code: str
    kind: str
    name: str = ""
    parent: str = ""
    unit_kind: str = ""
    founded: Optional[date] = None
    elected: Optional[date] = None
    term: Optional[int] = None
    extended: Optional[date] = None
    ended: Optional[date] = None


@dataclass
class Member:
    """One row of 党员名册; `organisation` is a code."""

    number: str
    organisation: str
    joined: date
    category: str = "正式党员"
    confirmed: Optional[date] = None
    probation_until: Optional[date] = None
    status: str = "正常"
    lost: Optional[date] = None
    name: str = ""
    citizen_id: str = ""
    sex: str = ""
    birth: Optional[date] = None


@dataclass
class Post:
    """One row of 任职名册; `person` is a member's number."""

    person: str
    organisation: str
    post: str
    start: date
    end: Optional[date] = None


@dataclass
class Activity:
    """One row of 组织生活记录; `period` is 所属期间 as text (`2026`, `2026Q1`, `2026-03`)."""

    organisation: str
    kind: str
    day: date
    period: str = ""
    topic: str = ""


@dataclass
class Payment:
    """One row of 党费缴纳; `month` is the first day of 所属月份, `paid` is 缴纳日期."""

    person: str
    month: date
    paid: Optional[date] = None
    amount: str = "10"


@dataclass
class City:
    """Everything that one import brings in."""

    organisations: List[Organisation] = field(default_factory=list)
    members: List[Member] = field(default_factory=list)
    posts: List[Post] = field(default_factory=list)
    activities: List[Activity] = field(default_factory=list)
    payments: List[Payment] = field(default_factory=list)
