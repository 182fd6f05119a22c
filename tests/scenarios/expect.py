"""Checks of an answer, or of an event:

    name = "x"                  what stands at a place, as JSON
    name != "x"
    items # 3                   how many stand there
    items.0.name ~ words        the text there holds words
    items.[login=anna].state    a place may choose the item in which a member says so
    items.[login=anna] ?        something stands there
    no items.[login=anna]       nothing stands there
    items.0.id -> id            what stands there is kept under a name
    path -> token after /a/     and of a text what follows these words in it
    . -> whole                  . is the whole
    $ETag -> tag                $… is a header
    ~ words                     the whole text holds words; of a workbook: its cells
    no ~ words
"""

import json
import re

from scenario import Wrong, fill

PARTS = re.compile(r"\[[^\]]*\]|[^.]+")
CHOICE = re.compile(r"^\[(\w+)=(.*)\]$")
CHECK = re.compile(r"^(\S+) (=|!=|#|~|->|\?) ?(.*)$")


def place(value, path):
    """What stands at a.0.b of a value; raises LookupError where nothing does."""
    for part in [] if path == "." else PARTS.findall(path):
        if isinstance(value, list) and (choice := CHOICE.match(part)):
            name, wanted = choice.groups()
            found = [item for item in value if str(item.get(name)) == wanted]
            if not found:
                raise KeyError(part)
            value = found[0]
        elif isinstance(value, list) and part.isdecimal():
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


def stands(answer, path):
    try:
        return found_at(answer, path) is not None
    except LookupError:
        return False


def shortly(value):
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))[:400]


def compare(path, sign, wanted, found):
    """None, or in words how `found` is not as wanted."""
    if sign == "#":
        return None if len(found) == int(wanted) else f"{path} has {len(found)} items"
    if sign == "~":
        return None if wanted in str(found) else f"{path} is {shortly(found)}"
    if sign == "?":
        return None
    same = found == json.loads(wanted)
    return None if same == (sign == "=") else f"{path} is {shortly(found)}"


def keep(found, name, known):
    name, _, before = name.partition(" after ")
    if before:
        found = found[found.index(before) + len(before):]
    whole = isinstance(found, (dict, list))
    known[name] = json.dumps(found, ensure_ascii=False) if whole else found


def check_text(text, answer, known):
    wanted = fill(text, known)
    return None if wanted in answer.text else f"the answer does not hold {wanted!r}: " + \
        shortly(answer.text)


def check_absence(text, answer, known):
    if text.startswith("~ "):
        unwanted = fill(text[2:], known)
        return f"the answer holds {unwanted!r}" if unwanted in answer.text else None
    path = fill(text, known)
    return f"{path} is {shortly(found_at(answer, path))}" if stands(answer, path) else None


def check(text, answer, known):
    """Holds one line of expectations against an answer; None, or what is wrong."""
    if text.startswith("~ "):
        return check_text(text[2:], answer, known)
    if text.startswith("no "):
        return check_absence(text[3:], answer, known)
    match = CHECK.match(text)
    if match is None:
        raise Wrong(f"cannot be read: {text}")
    path, sign, wanted = match.groups()
    path = fill(path, known)
    try:
        found = found_at(answer, path)
        if sign == "->":
            return keep(found, wanted, known)
        return compare(path, sign, fill(wanted, known), found)
    except (LookupError, ValueError, TypeError) as error:
        return f"{text}: nothing such stands there ({error})"


def hold(checks, answer, known):
    """Holds all lines of a step against an answer; raises Wrong at the first that does not."""
    for number, text in checks:
        if problem := check(text, answer, known):
            raise Wrong(f"line {number}: {problem}")
