"""Valid workbooks of any size, the same for the same size.

A committee, its branches, their members, ten months of dues.
"""

import csv
import os
import sys
from dataclasses import dataclass
from datetime import date, timedelta

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "oracle"))
from identity import citizen_id  # noqa: E402

AS_OF = "2025-06-30"
MONTHS = [f"2024-{month:02d}" for month in range(8, 13)] + [f"2025-{m:02d}" for m in range(1, 6)]
BRANCH_SIZE = 20


@dataclass
class Workbooks:
    first: list  # organisations and a third of the members
    bigger: list  # all members, and dues


def organisations(branches):
    yield ["组织代码", "组织名称", "上级组织代码", "组织类别", "成立日期", "本届选举日期"]
    yield ["900", "样城街道党委", "", "党委", "2001-07-01", "2022-03-01"]
    for branch in range(1, branches + 1):
        elected = date(2019, 1, 15) + timedelta(days=97 * (branch % 30))
        yield [f"900{branch:04d}", f"样城第{branch}支部", "900", "支部", "2001-07-01", elected]


def members(count):
    yield ["人员编号", "姓名", "公民身份号码", "人员类别", "组织代码", "入党日期", "转正日期"]
    for number in range(1, count + 1):
        born = date(1950, 1, 1) + timedelta(days=number * 37 % 16000)
        joined = born + timedelta(days=25 * 366)
        branch = (number - 1) // BRANCH_SIZE + 1
        yield [f"P{number:06d}", f"样本{number}", citizen_id(990101, born, number % 1000),
               "正式党员", f"900{branch:04d}", joined, joined + timedelta(days=366)]


def dues(count):
    """Ten payments a member; each seventh member's last four are for months paid before."""
    yield ["人员编号", "所属月份", "金额", "缴纳日期"]
    for number in range(1, count + 1):
        for place, month in enumerate(MONTHS):
            late = number % 7 == 0 and place >= len(MONTHS) - 4
            paid_for = MONTHS[place - 4] if late else month
            yield [f"P{number:06d}", paid_for, f"{5 + number % 40}.{place}0", f"{month}-20"]


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def make_workbooks(folder, member_count):
    """Writes the files of a city with so many members, and ten times as many payments."""
    place = lambda name: os.path.join(folder, name)  # noqa: E731
    branches = (member_count - 1) // BRANCH_SIZE + 1
    first = [write(place("organisations.csv"), organisations(branches)),
             write(place("first_members.csv"), members(member_count // 3))]
    bigger = [write(place("members.csv"), members(member_count)),
              write(place("dues.csv"), dues(member_count))]
    return Workbooks(first, bigger)
