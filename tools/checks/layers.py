#!/usr/bin/python3
"""Who may include whom: base <- platform <- ledger <- api <- modules <- app, and no cycles.

Run: layers.py [SOURCE]
Prints one line a finding, 'file:line: what, and what to do instead'; exit 1 if any.
"""

import re
import sys
from pathlib import Path

LAYERS = ("base", "platform", "ledger", "api", "modules", "app")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
# Libraries that only one place may know.
HOMES = {
    "duckdb.h": "platform/duck",
    "sqlite3.h": "platform/db",
    "libpq-fe.h": "platform/db",
    "bid_functions.h": "base/decimal",
    "unicode/regex.h": "base/feel",
    "xapian.h": "platform/fulltext",
    "boost/asio.hpp": "platform/http",
    "boost/beast/http.hpp": "platform/http",
}
# base does no input or output.
IO_HEADERS = {"fstream", "iostream", "unistd.h", "fcntl.h", "sys/stat.h", "sys/socket.h"}


def includes(source):
    """(file, line, quoted, target) of every include below `source`; paths relative to it."""
    for path in sorted(source.rglob("*.[ch]pp")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if match := INCLUDE.match(line):
                quoted = match.group(1) == '"'
                yield path.relative_to(source).as_posix(), number, quoted, match.group(2)


def layer(path):
    """The place of a file's layer, or None for files outside the layers (main.cpp, precompiled)."""
    first = path.split("/")[0]
    return LAYERS.index(first) if "/" in path and first in LAYERS else None


def module(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "modules" and len(parts) > 2 else None


def is_source(source, target):
    """Whether a file stands there, or the .sql file that `target` is made from."""
    return (source / target).is_file() or (
        target.endswith(".sql.hpp") and (source / target.removesuffix(".hpp")).is_file())


def library_problem(file, target):
    home = HOMES.get(target)
    if home and not file.startswith(home + "/"):
        return f"<{target}> belongs to {home}; use that folder's headers"
    if target in IO_HEADERS and file.startswith("base/") and not file.endswith("_test.cpp"):
        return f"base does no input or output: what needs <{target}> belongs to platform"
    return ""


def own_problem(source, file, target):
    if not is_source(source, target):
        return f'"{target}" is not there; include paths start at src/'
    own, other = layer(file), layer(target)
    if own is not None and other is not None and other > own:
        return (f"{LAYERS[own]} may not include {LAYERS[other]} ({target}): "
                f"move what is needed down, or hand it in from above")
    mine, theirs = module(file), module(target)
    if mine and theirs and mine != theirs and target != f"modules/{theirs}/{theirs}.hpp":
        return (f"module {mine} may include only modules/{theirs}/{theirs}.hpp of {theirs}: "
                f"publish there what is needed")
    return ""


def cycles(edges):
    """The cycles of a graph {node: {node: where}}, each once, as lists of nodes."""
    found, done = [], set()

    def visit(node, path):
        if node in path:
            found.append(path[path.index(node):] + [node])
            return
        if node in done:
            return
        for following in sorted(edges.get(node, ())):
            visit(following, path + [node])
        done.add(node)

    for node in sorted(edges):
        visit(node, [])
    return found


def cycle_problems(edges, what, advice):
    for path in cycles(edges):
        where = edges[path[-2]][path[-1]]
        yield f"{where}: {what} include each other: {' -> '.join(path)}: {advice}"


def problems(source):
    files, modules = {}, {}
    for file, line, quoted, target in includes(source):
        where = f"{source.name}/{file}:{line}"
        problem = own_problem(source, file, target) if quoted else library_problem(file, target)
        if problem:
            yield f"{where}: {problem}"
        if quoted:
            files.setdefault(file, {}).setdefault(target, where)
            if module(target) and module(file) not in (None, module(target)):
                modules.setdefault(module(file), {}).setdefault(module(target), where)
    yield from cycle_problems(files, "files", "declare forward, or move the shared part out")
    yield from cycle_problems(modules, "modules",
                              "let one tell the other by facts, or move the shared part down")


def main():
    default = Path(__file__).resolve().parents[2] / "src"
    found = list(problems(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
