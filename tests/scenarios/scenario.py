"""Reads scenario files (src/**/*.test): requests, what is expected, what is kept for later.

    # words about what follows
    as secretary                                    who sends what follows; a name of the world's
                                                    accounts, or anybody, at first a stranger
    POST /api/v1/organisations/{ZB1}/moves          a request; {name} is known to the scenario
      > If-Match: "x"                               a header of it; without a value: not sent
      {"parent": "{DZZ2}"}                          its body, any number of indented lines
    201                                             what is expected: a status,
    409 registry.parent_cycle                       or a status and a problem's code
      organisations.0.turn = "moved"                and checks of the answer (see expect.py)
      command -> move                               a place's value is kept under a name
    200 soon                                        asked again until the answer is as it says

    let code = {secret:code}                        keeps a text for later

Instead of JSON a form: `+ name = value` is a field, `+ files < members.csv` a file: one beside the
scenario, or what the lines `| …` that follow hold; `|1000 …` is a thousand lines, in which {n}
counts, and \\x03 is a byte. {names} are filled in in both.

    LISTEN /api/v1/events                           as a GET, and the stream stays open
    200
    HEAR fact                                       reads events until one is as the checks say;
      organisation = "{ZB1}"                        a check behind `never` holds of none before it
    CLOSED                                          the server has ended the stream

    AGED {task} 60                                  a task came up so many days earlier

Beside what the world and the scenario keep, a {name} may be {today}, {today:+30} (days later),
{month}, {month:-1}, {year}, or {secret:code}: what an authenticator with this secret shows; none is
shown twice.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import totp

REQUEST = re.compile(r"^(GET|HEAD|POST|PUT|PATCH|DELETE|LISTEN) (\S+)$")
EXPECTED = re.compile(r"^(\d{3})(?: ([a-z_]+\.[a-z_0-9]+))?( soon)?$")
HEARD = re.compile(r"^(HEAR (\w+)|CLOSED)$")
AGED = re.compile(r"^AGED \{(\w+)\} (\d+)$")
LET = re.compile(r"^let (\w+) = (.+)$")
PART = re.compile(r"^\+ (\w+) ([=<]) ?(.*)$")
LINES = re.compile(r"^\|(\d*) (.*)$")
NAME = re.compile(r"\{([A-Za-z_]\w*)(?::([+-]?\w+))?\}")
CHINA = timezone(timedelta(hours=8))


class Wrong(Exception):
    """A scenario file that cannot be read, or an answer that is not as it says."""


@dataclass
class Part:
    """A field of a form, or a file in it: `text` is its value, or the file's name."""
    name: str
    is_file: bool
    text: str
    lines: list = field(default_factory=list)  # (how often, text) of a file that stands here


@dataclass
class Step:
    line: int
    who: str
    method: str  # of HTTP, or LISTEN, HEAR, CLOSED, AGED, LET
    target: str = ""  # an address, the kind of an event, the name that is kept
    headers: dict = field(default_factory=dict)
    body: list = field(default_factory=list)
    parts: list = field(default_factory=list)
    status: int = None
    code: str = None
    soon: bool = False
    checks: list = field(default_factory=list)  # (line, text)

    @property
    def is_request(self):
        return self.method not in ("HEAR", "CLOSED", "AGED", "LET")

    @property
    def complete(self):
        return not self.is_request or self.status is not None


class Reader:
    """Puts the lines of one file together to steps."""

    def __init__(self, path):
        self.path, self.steps, self.who = path, [], "stranger"

    def read(self):
        for number, line in enumerate(self.path.read_text("utf-8").splitlines(), 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            understood = self.indented if line[0] == " " else self.at_the_edge
            if not understood(number, text):
                raise Wrong(f"{self.path}:{number}: cannot be read: {text}")
        for step in self.steps:
            if not step.complete:
                raise Wrong(f"{self.path}:{step.line}: nothing is expected of this request")
        return self.steps

    def at_the_edge(self, number, text):
        if match := re.match(r"^as (\w+)$", text):
            self.who = match.group(1)
        elif match := REQUEST.match(text):
            self.steps.append(Step(number, self.who, *match.groups()))
        elif match := HEARD.match(text):
            kind = match.group(2)
            self.steps.append(Step(number, self.who, "HEAR" if kind else "CLOSED", kind or ""))
        elif match := AGED.match(text):
            self.steps.append(Step(number, self.who, "AGED", match.group(1), body=[match.group(2)]))
        elif match := LET.match(text):
            self.steps.append(Step(number, self.who, "LET", match.group(1), body=[match.group(2)]))
        elif match := EXPECTED.match(text):
            return self.expected(*match.groups())
        else:
            return False
        return True

    def expected(self, status, code, soon):
        step = self.steps[-1] if self.steps else None
        if step is None or step.complete or (soon and step.method != "GET"):
            return False
        step.status, step.code, step.soon = int(status), code, bool(soon)
        return True

    def indented(self, number, text):
        step = self.steps[-1] if self.steps else None
        if step is None or step.method == "LET":
            return False
        if step.complete:
            step.checks.append((number, text))
        elif text.startswith("> ") and ":" in text:
            name, value = text[2:].split(":", 1)
            step.headers[name] = value.strip()
        elif match := PART.match(text):
            name, sign, value = match.groups()
            step.parts.append(Part(name, sign == "<", value))
        elif (match := LINES.match(text)) and step.parts and step.parts[-1].is_file:
            step.parts[-1].lines.append((int(match.group(1) or 1), match.group(2)))
        else:
            step.body.append(text)
        return True


def read(path):
    """The steps of a scenario file, in order."""
    return Reader(path).read()


def value_of(name, about, known):
    """What stands for {name} or {name:about}."""
    if name == "today":
        return (datetime.now(CHINA) + timedelta(days=int(about or 0))).date().isoformat()
    if name == "month":
        now = datetime.now(CHINA)
        months = now.year * 12 + now.month - 1 + int(about or 0)
        return f"{months // 12}-{months % 12 + 1:02d}"
    if name == "year":
        return str(datetime.now(CHINA).year + int(about or 0))
    if name not in known:
        raise Wrong(f"{{{name}}} is not known here")
    if about == "code":
        return totp.shown(known[name])
    if about:
        raise Wrong(f"{{{name}:{about}}} cannot be read")
    return str(known[name])


def content_of(part, folder, known):
    """The bytes of a file of a form."""
    if not part.lines:
        return fill((folder / part.text).read_text("utf-8"), known).encode()
    lines = []
    for times, text in part.lines:
        before, *after = text.split("{n}") if times > 1 else [text]
        before, after = fill(before, known), [fill(piece, known) for piece in after]
        lines += [str(number).join([before, *after]) for number in range(times)]
    content = "".join(line + "\n" for line in lines).encode()
    return re.sub(rb"\\x([0-9a-f]{2})", lambda byte: bytes([int(byte.group(1), 16)]), content)


def fill(text, known):
    """Puts what is known into {names}; other braces stay, they are JSON."""
    return NAME.sub(lambda match: value_of(match.group(1), match.group(2), known), text)
