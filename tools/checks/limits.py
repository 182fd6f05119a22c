#!/usr/bin/python3
"""The limits of STYLE: lengths, leftovers, SQL only in .sql files, printing only in app.

Run: limits.py [ROOT]
Prints one line a finding, 'file:line: what, and what to do instead'; exit 1 if any.
"""

import ast
import re
import sys
from pathlib import Path

MAX_FILE_LINES = 500
MAX_COLUMNS = 100
MAX_FUNCTION_LINES = 70
PLACES = ("src", "tests", "tools", "packs")
CODE = (".cpp", ".hpp", ".sql", ".py")

LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
PRINTING = re.compile(r"\bstd::(cout|cerr|clog)\b|\b(std::|fmt::)?(printf|fprintf|puts|print)\(")
STATEMENT = re.compile(
    r'"[^"]*\b(SELECT\s.+\sFROM\b|INSERT\s+INTO\b|UPDATE\s+\w+\s+SET\b|DELETE\s+FROM\b'
    r'|CREATE\s+(TABLE|INDEX|VIEW)\b)')
# SQLite makes the whole of a view of several tables before it joins it outwards: 65 ms among
# 100,000 members, however few rows are asked for.
OUTER_VIEW = re.compile(r"\bleft join \w+_published_(member|post|grant|held|task)\b")
# g++ 12 lays a coroutine's frame out wrongly where it waits within a condition or a larger
# expression, and says nothing; the program crashes.
CONDITION = re.compile(r"\b(?:if|while|for|switch) \(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)")
WAIT_INSIDE = re.compile(r"(&&|\|\||\?|[{,]) ?!?co_await\b")


def waits_inside(line):
    return "co_await" in line and (WAIT_INSIDE.search(line) or
                                   any("co_await" in found for found in CONDITION.findall(line)))


def source_files(root):
    for place in PLACES:
        for path in sorted((root / place).rglob("*")):
            python = path.suffix == "" and path.is_file() and path.open("rb").read(2) == b"#!"
            if path.suffix in CODE or python:
                yield path


def is_python(path, lines):
    return path.suffix == ".py" or (lines and "python" in lines[0])


def function_lengths(path, lines):
    """(name, first line, length) of each function. C++ by its layout: at the left edge, as
    clang-format leaves it; methods inside a class body are short by habit and not counted."""
    if is_python(path, lines):
        for node in ast.walk(ast.parse("\n".join(lines))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node.name, node.lineno, node.end_lineno - node.lineno + 1
        return
    head = None
    for number, line in enumerate(lines, 1):
        if line == "}" and head:
            yield lines[head - 1].split("(")[0].split()[-1], head, number - head + 1
            head = None
        elif line and line[0] not in " })#/" and not line.startswith(("namespace", "template")):
            head = number if "(" in line else None


def length_problems(path, lines):
    if len(lines) > MAX_FILE_LINES:
        yield 1, f"{len(lines)} lines, at most {MAX_FILE_LINES}: split the file by what it does"
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_COLUMNS:
            yield number, f"{len(line)} columns, at most {MAX_COLUMNS}: break the line"
    if path.suffix in (".cpp", ".hpp") or is_python(path, lines):
        for name, number, length in function_lengths(path, lines):
            if length > MAX_FUNCTION_LINES:
                yield number, (f"{name} has {length} lines, at most {MAX_FUNCTION_LINES}: "
                               f"give its steps names")


def content_problems(name, lines):
    engine = name.startswith(("src/platform/", "tests/")) or "bench" in name
    may_print = name.startswith(("src/app/", "src/main", "tests/")) or "bench" in name
    for number, line in enumerate(lines, 1):
        if LEFTOVER.search(line) and name != "tools/checks/limits.py":
            yield number, "an open end: finish it, or file an issue and take it out"
        if name.endswith(".sql") and OUTER_VIEW.search(line):
            yield number, "a view of several tables is joined outwards: ask for it in a sub-query"
        if not name.endswith((".cpp", ".hpp")) or name.endswith("_test.cpp"):
            continue
        if PRINTING.search(line) and not may_print:
            yield number, "only app prints: return what is to be said"
        if waits_inside(line):
            yield number, "a wait within an expression: give what is waited for a name before"
        if STATEMENT.search(line) and not engine:
            yield number, "SQL in C++: name the statement in a .sql file beside"


def problems(root):
    for path in source_files(root):
        name = path.relative_to(root).as_posix()
        lines = path.read_text("utf-8").splitlines()
        for number, problem in [*length_problems(path, lines), *content_problems(name, lines)]:
            yield f"{name}:{number}: {problem}"


def main():
    default = Path(__file__).resolve().parents[2]
    found = list(problems(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
