#!/usr/bin/python3
"""Every reason that a decision of a pack can give, every article it names and every name in a
drawing has its English.

Run: wording.py [PACK]
Prints one line a finding: where the Chinese stands, and the line that is missing in wording.toml;
exit 1 if any. A text that is put together ("至少" + string(n) + "名") is held as one with numbered
places: "至少{1}名".
"""

import json
import re
import sys
import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path

CHINESE = re.compile("[\u4e00-\u9fff]")
PLACE = re.compile(r"\{\d+\}")
# As web/src/modules/workflow/definitions/words.ts and wording.cpp leave sources of the pack out.
SOURCE = re.compile(r"[（(]?\bS\d+[a-z]?(?:[、,，]\s*S\d+[a-z]?)*[)）]?")
EDGES = re.compile(r"^[；;、，\s]+|[；;、，\s]+$")
TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|([^\W\d]\w*)|([(\[{])|([)\]}])|([,:=<>])|(\+)|(\S)')
ENDS_A_TEXT = {"if", "then", "else", "return", "for", "in", "some", "every", "satisfies", "and",
               "or"}


def plain_basis(basis):
    return EDGES.sub("", SOURCE.sub("", basis))


def joined(operands):
    """A sum as one text, or nothing where no part of it is Chinese."""
    text, place = "", 0
    for operand in operands:
        if operand is None:
            place += 1
            text += "{%d}" % place
        else:
            text += operand
    # A pattern that matches() looks for is no text.
    return text if CHINESE.search(text) and ".*" not in text else None


def texts_of(expression):
    """The Chinese texts that a FEEL expression can give."""
    found, frames = [], [[]]  # a frame: the operands of a sum; None: worked out
    fresh = [True]  # whether the next token begins an operand

    def close():
        text = joined(frames[-1])
        if text:
            found.append(text)
        frames[-1], fresh[-1] = [], True

    for literal, word, opens, closes, ends, plus, _ in TOKEN.findall(expression):
        if opens:
            if fresh[-1]:
                frames[-1].append(None)
                fresh[-1] = False
            elif frames[-1][-1] is not None:  # a text in brackets stands for itself
                frames[-1][-1] = None
            frames.append([])
            fresh.append(True)
        elif closes and len(frames) > 1:
            close()
            frames.pop()
            fresh.pop()
        elif ends or word in ENDS_A_TEXT:
            close()
        elif plus:
            fresh[-1] = True
        elif fresh[-1]:
            text = literal if not (word or _) else None
            frames[-1].append(text)
            fresh[-1] = False
    while frames:
        close()
        frames.pop()
        fresh.pop()
    return found


def reasons(path):
    """(line's words, text) of a decision model."""
    for parent in ET.parse(path).getroot().iter():
        if parent.tag.rsplit("}", 1)[-1] == "annotationEntry":
            continue
        for child in parent:
            if child.tag.rsplit("}", 1)[-1] == "text":
                yield from texts_of(child.text or "")


def wanted(pack):
    """(file, text): all that needs its English."""
    for path in sorted((pack / "processes").glob("*.dmn")):
        for text in reasons(path):
            yield path, text
    for path in sorted((pack / "processes").glob("*.bpmn")):
        for element in ET.parse(path).getroot().iter():
            yield path, plain_basis(element.get("{urn:jishi:process}basis") or "")
    for path in sorted((pack / "forms").glob("*.json")):
        yield path, plain_basis(json.loads(path.read_text("utf-8")).get("x-basis") or "")
    path = pack / "process_settings.toml"
    if path.exists():
        for entry in tomllib.loads(path.read_text("utf-8"))["setting"]:
            yield path, plain_basis(entry["basis"])


def labels(pack):
    """(file, name): what a drawing shows and its file has no English of."""
    for path in sorted((pack / "processes").glob("*.bpmn")):
        root = ET.parse(path).getroot()
        for element in root.iter():
            kind = element.tag.rsplit("}", 1)[-1]
            # A pool is called as its process; the others are not drawn.
            drawn = kind not in {"definitions", "participant", "error", "message"}
            if drawn and not element.get("{urn:jishi:process}en"):
                yield path, element.get("name") or ""


def missing(entries, english, table):
    """A line for each Chinese text without its English, once each."""
    told = set()
    for where, text in entries:
        if not CHINESE.search(text) or text in english or text in told:
            continue
        told.add(text)
        yield (f"{where.parent.name}/{where.name}: has no English: add to {table}:  "
               f"{json.dumps(text, ensure_ascii=False)} = \"…\"")


def problems(pack):
    path = pack / "wording.toml"
    try:
        tables = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        yield f"{path.name}: {error} (each text once only)"
        return
    english, drawn = tables.get("texts", {}), tables.get("labels", {})
    yield from missing(wanted(pack), english, path.name)
    yield from missing(labels(pack), drawn, f"[labels] of {path.name}")
    for text, said in (*english.items(), *drawn.items()):
        if set(PLACE.findall(text)) != set(PLACE.findall(said)) or CHINESE.search(said):
            yield f"{path.name}: {text}: its English has other places, or is Chinese"


def main():
    default = Path(__file__).resolve().parents[2] / "packs/party"
    found = list(problems(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
