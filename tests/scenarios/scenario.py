"""Reads scenario files (src/**/*.test): requests, what is expected, what is kept for later.

    # words about what follows
    as secretary
    POST /api/v1/organisations/{ZB1}/moves          a request; {name} is known to the scenario
      > If-Match: "x"                               a header of it
      {"parent": "{DZZ2}"}                          its body, any number of indented lines
    201                                             what is expected: a status,
    409 registry.parent_cycle                       or a status and a problem's code
      organisations.0.turn = "moved"                and what stands at a place of the answer
      command -> move                               a place's value is kept under a name
      items # 3                                     a list's length
      . -> whole                                    the whole answer
      $ETag -> tag                                  what a header says
      ~ some words                                  the text of the answer holds them
    200 soon                                        asked again until the answer is as it says

Instead of JSON a form: `+ name = value` is a field, `+ files < members.csv` a file beside the
scenario, in which {names} are filled in.
"""

import json
import re

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
REQUEST = re.compile(r"^(GET|HEAD|POST|PUT|PATCH|DELETE) (\S+)$")
EXPECTED = re.compile(r"^(\d{3})(?: ([a-z_]+\.[a-z_0-9]+))?( soon)?$")
PART = re.compile(r"^\+ (\w+) ([=<]) ?(.*)$")


class Wrong(Exception):
    """A scenario file that cannot be read, or an answer that is not as it says."""


class Step:
    def __init__(self, line, who, method, path):
        self.line, self.who, self.method, self.path = line, who, method, path
        self.headers, self.body, self.parts = {}, [], []
        self.status, self.code, self.soon, self.checks = None, None, False, []


def read(path):
    """The steps of a scenario file, in order."""
    steps, who, step = [], "stranger", None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        indented = line[0] == " "
        if not indented and (match := re.match(r"^as (\w+)$", text)):
            who = match.group(1)
        elif not indented and (match := REQUEST.match(text)):
            step = Step(number, who, *match.groups())
            steps.append(step)
        elif not indented and (match := EXPECTED.match(text)):
            if step is None or step.status is not None:
                raise Wrong(f"{path}:{number}: a status belongs to one request")
            step.status, step.code = int(match.group(1)), match.group(2)
            step.soon = bool(match.group(3))
        elif indented and step is not None and step.status is None:
            if text.startswith("> "):
                name, value = text[2:].split(":", 1)
                step.headers[name] = value.strip()
            elif match := PART.match(text):
                step.parts.append(match.groups())
            else:
                step.body.append(text)
        elif indented and step is not None:
            step.checks.append((number, text))
        else:
            raise Wrong(f"{path}:{number}: cannot be read: {text}")
    for step in steps:
        if step.status is None:
            raise Wrong(f"{path}:{step.line}: nothing is expected of this request")
    return steps


def fill(text, known):
    """Puts what is known into {names}; other braces stay, they are JSON."""
    return re.sub(r"\{([A-Za-z_]\w*)\}",
                  lambda match: str(known.get(match.group(1), match.group(0))), text)


def place(value, path):
    """What stands at a.0.b of an answer; the whole at a single dot."""
    if path == ".":
        return value
    for part in path.split("."):
        if isinstance(value, list):
            value = value[int(part)]
        elif isinstance(value, dict) and part in value:
            value = value[part]
        else:
            raise KeyError(part)
    return value


def found_at(answer, path):
    """What stands at a place of an answer, or in its header of a name with a $."""
    if path.startswith("$"):
        return answer.headers[path[1:].lower()]
    return place(answer.json, path)


def check(text, answer, known):
    """Holds one line of expectations against an answer; None, or what is wrong."""
    if text.startswith("~ "):
        wanted = fill(text[2:], known)
        shown = answer.body.decode("utf-8", "replace")
        return None if wanted in shown else f"the answer does not hold {wanted!r}: {shown[:300]}"
    if match := re.match(r"^(\S+) -> (\w+)$", text):
        found = found_at(answer, match.group(1))
        whole = isinstance(found, (dict, list))
        known[match.group(2)] = json.dumps(found, ensure_ascii=False) if whole else found
        return None
    if match := re.match(r"^(\S+) # (\d+)$", text):
        length = len(found_at(answer, match.group(1)))
        return None if length == int(match.group(2)) else f"{match.group(1)} has {length} items"
    if match := re.match(r"^(\S+) = (.+)$", text):
        wanted = json.loads(fill(match.group(2), known))
        found = found_at(answer, match.group(1))
        seen = json.dumps(found, ensure_ascii=False)
        return None if found == wanted else f"{match.group(1)} is {seen}"
    if match := re.match(r"^(\S+) \?$", text):
        found_at(answer, match.group(1))
        return None
    return f"cannot be read: {text}"
