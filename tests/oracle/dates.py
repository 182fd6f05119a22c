"""Calendar arithmetic as the contract's head defines it."""

import calendar
import re
from datetime import date, timedelta
from typing import NamedTuple

ONE_DAY = timedelta(days=1)


class Period(NamedTuple):
    """A month, quarter or year, by its first and last day."""

    first: date
    last: date

    def contains(self, day):
        return self.first <= day <= self.last

    def covers(self, other):
        """'A shorter one counts inside a longer period, a longer one for no shorter period.'"""
        return self.first <= other.first and other.last <= self.last

    def previous(self, period_of):
        """The period before this one; with the period of D this is the last full one."""
        return period_of(self.first - ONE_DAY)


def days_in_month(year, month):
    return calendar.monthrange(year, month)[1]


def add_months(day, months):
    """'A month is added or taken by keeping the day and clipping to the month's end.'"""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, days_in_month(year, month + 1)))


def add_years(day, years):
    return add_months(day, 12 * years)


def month_of(day):
    return Period(day.replace(day=1), day.replace(day=days_in_month(day.year, day.month)))


def quarter_of(day):
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return Period(first, month_of(add_months(first, 2)).last)


def year_of(day):
    return Period(date(day.year, 1, 1), date(day.year, 12, 31))


def next_month(first_of_month):
    return add_months(first_of_month, 1)


def period_from_text(text):
    """所属期间 as the contract prints it: `2026`, `2026Q1` or `2026-03`."""
    if re.fullmatch(r"\d{4}", text):
        return year_of(date(int(text), 1, 1))
    if re.fullmatch(r"\d{4}Q[1-4]", text):
        return quarter_of(date(int(text[:4]), 3 * int(text[5]), 1))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return month_of(date(int(text[:4]), int(text[5:]), 1))
    raise ValueError(f"not a period: {text}")


def period_text(period):
    """The 所属期间 of a month, quarter or year; the reverse of `period_from_text`."""
    months = period.last.month - period.first.month + 1
    if months == 12:
        return f"{period.first:%Y}"
    if months == 3:
        return f"{period.first:%Y}Q{period.last.month // 3}"
    return f"{period.first:%Y-%m}"
