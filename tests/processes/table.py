"""Reads the `.test` table of a process: state · who · verb · with what · verdict.

A file is sections of lines; `#` begins a comment, columns are parted by `|`:

    流程 transfer.bpmn                what is played; beside this file
    起始 2026-03-02T09:00             the clock at the start of each case
    人物                              who there is: name | role@place, and more of them by commas
      李娜 | organisation_member@branch
    给定 branch=B1；days=60           what each case starts with, beside its own
    服务 registry.transfer_member | letter=12     what a service gives back

    情形 按期转入                      a case; `情形 票数不对 | 接 按期转入 至 党委签发` begins as another did
      状态     | 谁   | 做什么 | 内容     | 结果
      -        | 李娜 | 开始   | days=90  | 填写介绍信
      填写介绍信 | 王强 | 办理   |          | 不可 无权

    决策 dues_rates.dmn#每月应缴       a decision: inputs | what comes out
      group="wage"；base=300000 | fee=1500

状态 names the step that is acted on as the diagram does, `-` none. 结果 is the steps where the case
stands afterwards (、 between them), or 办结, 终止, 失败; 不可 and the code of the refusal; then, after
；, variables that must have a value, and 发出 with the name of a message. 等 3天/2个月/1年 lets time go by.
"""

import json
import re
from dataclasses import dataclass, field

VERBS = {
    "开始": "start", "办理": "approve", "同意": "approve", "不同意": "reject", "退回": "send back",
    "撤回": "withdraw", "认领": "claim", "放回": "release", "转交": "transfer", "委派": "delegate",
    "加签": "add signer", "减签": "remove signer", "抄送": "copy", "催办": "urge",
    "中止": "suspend", "恢复": "resume", "终止": "end", "收到": "message",
    "完成": "service done", "出错": "service failed",
}
TO = {"上一步": "previous", "发起人": "initiator"}
SPAN = re.compile(r"^(\d+)(天|个月|年|小时)$")
SPANS = {"天": "P{}D", "个月": "P{}M", "年": "P{}Y", "小时": "PT{}H"}
LIKE = re.compile(r"^接 (.+) 至 (.+)$")
NAME = re.compile(r"^[A-Za-z_][\w.]*$")


class Wrong(Exception):
    """The table cannot be read, or says what did not come about."""


@dataclass
class Row:
    line: int
    state: str
    who: str
    verb: str
    word: str  # what stands behind the verb: a step, a person, a message, a code, a span
    variables: dict
    stands: list  # names of the steps afterwards; [] with `refused` or `over`
    refused: str = ""
    over: str = ""
    values: dict = field(default_factory=dict)
    sent: list = field(default_factory=list)


@dataclass
class Case:
    line: int
    name: str
    rows: list = field(default_factory=list)
    like: str = ""  # the case whose rows come before, up to the first at the step `until`
    until: str = ""


@dataclass
class Choice:
    """A row of a decision's table."""
    line: int
    inputs: dict
    outputs: dict


@dataclass
class Table:
    process: str = ""
    begins: str = "2026-01-05T09:00:00"
    people: dict = field(default_factory=dict)  # name: {(role, place)}
    given: dict = field(default_factory=dict)
    services: dict = field(default_factory=dict)  # operation: what it gives back
    cases: list = field(default_factory=list)
    decisions: list = field(default_factory=list)  # (file, name, [Choice])


def value_of(text):
    """A value as JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def parts_of(text):
    """Splits at ； outside of quotes and brackets."""
    parts, depth, quoted, current = [], 0, False, ""
    for sign in text:
        if sign == '"':
            quoted = not quoted
        if not quoted:
            depth += (sign in "[{") - (sign in "]}")
        if sign == "；" and depth == 0 and not quoted:
            parts.append(current.strip())
            current = ""
        else:
            current += sign
    return [part for part in [*parts, current.strip()] if part]


def values_of(text, line):
    """`a=1；b=文字` as a dictionary."""
    values = {}
    for part in parts_of(text):
        name, equals, value = part.partition("=")
        if not equals or not NAME.match(name.strip()):
            raise Wrong(f"{line}: 应为 名=值: {part}")
        values[name.strip()] = value_of(value.strip())
    return values


def verdict_of(text, row):
    """Reads the last column into the row."""
    first, *more = parts_of(text) or [""]
    if first.startswith("不可"):
        row.refused = first[2:].strip()
    elif first in ("办结", "终止", "失败"):
        row.over = {"办结": "completed", "终止": "ended", "失败": "failed"}[first]
    else:
        row.stands = [name.strip() for name in first.split("、") if name.strip()]
    if not (row.refused or row.over or row.stands):
        raise Wrong(f"{row.line}: 没有结果")
    for part in more:
        if part.startswith("发出"):
            row.sent.append(part[2:].strip())
        else:
            row.values.update(values_of(part, row.line))


def row_of(line, cells):
    if len(cells) != 5:
        raise Wrong(f"{line}: 应有五列 (状态 | 谁 | 做什么 | 内容 | 结果)")
    state, who, verb, content, verdict = cells
    word, _, rest = verb.partition(" ")
    if word == "等":
        span = SPAN.match(rest.strip())
        if not span:
            raise Wrong(f"{line}: 等 3天、2个月、1年、8小时")
        rest = SPANS[span.group(2)].format(span.group(1))
    elif word not in VERBS:
        raise Wrong(f"{line}: 没有动作 {word}")
    row = Row(line, state, who, word, rest.strip(), values_of(content, line), [])
    verdict_of(verdict, row)
    return row


class Reader:
    def __init__(self):
        self.table, self.section = Table(), ""

    def read(self, text):
        for number, raw in enumerate(text.splitlines(), 1):
            line = raw.split("#", 1)[0].rstrip() if raw.lstrip().startswith("#") else raw.rstrip()
            if not line.strip():
                continue
            if line[0] in " \t":
                self.content(number, [cell.strip() for cell in line.split("|")])
            else:
                self.head(number, *line.partition(" ")[::2])
        return self.table

    def head(self, number, word, rest):
        table, rest = self.table, rest.strip()
        self.section = word
        if word == "流程":
            table.process = rest
        elif word == "起始":
            table.begins = rest
        elif word == "给定":
            table.given.update(values_of(rest, number))
        elif word == "服务":
            name, _, values = rest.partition("|")
            table.services[name.strip()] = values_of(values, number)
        elif word == "情形":
            self.case(number, *(part.strip() for part in rest.partition("|")[::2]))
        elif word == "决策":
            file, _, name = rest.partition("#")
            table.decisions.append((file, name, []))
        elif word != "人物":
            raise Wrong(f"{number}: 不认识的段落 {word}")

    def case(self, number, name, like):
        if any(case.name == name for case in self.table.cases):
            raise Wrong(f"{number}: 情形“{name}”出现两次")
        made = Case(number, name)
        if like:
            found = LIKE.match(like)
            before = [case for case in self.table.cases if found and case.name == found.group(1)]
            if not before:
                raise Wrong(f"{number}: 应为 接 前面的情形 至 步骤: {like}")
            made.like, made.until = found.groups()
            for row in before[0].rows:
                if row.state == made.until:
                    break
                made.rows.append(row)
            else:
                raise Wrong(f"{number}: “{made.like}”没有步骤“{made.until}”")
        self.table.cases.append(made)

    def content(self, number, cells):
        if self.section == "人物":
            name, roles = cells[0], cells[1] if len(cells) > 1 else ""
            held = {tuple(role.strip().split("@")) for role in roles.split("、") if role.strip()}
            self.table.people[name] = held
        elif self.section == "情形":
            if cells[0] != "状态":
                self.table.cases[-1].rows.append(row_of(number, cells))
        elif self.section == "决策":
            if cells[0] != "输入":
                choice = Choice(number, *(values_of(cell, number) for cell in cells[:2]))
                self.table.decisions[-1][2].append(choice)
        else:
            raise Wrong(f"{number}: 这一行不在任何情形里")


def read_table(text):
    """The table of a `.test` file. Raises Wrong with the line."""
    return Reader().read(text)
