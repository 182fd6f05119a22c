#!/usr/bin/python3
"""Turns the .sql and texts.toml files beside the code into C++.

  src/**/NAME.sql       named statements ("-- name: x")  ->  generated/**/NAME.sql.hpp,
                                                             jishi::sql::NAME::x
                        "-- name: x, of one" says Statement::of_one
  src/**/NAME.duck.sql  the same, for the marts: not a statement of the store
  src/**/schema/*.sql   migrations                       ->  generated/embedded_sql.cpp,
                                                             jishi::all_migrations()
  src/**/texts.toml     texts by code                    ->  generated/embedded_texts.cpp

Files whose content would not change are left alone, so that only what depends on them is compiled
again.
Exits 1 with file and line when a file is not in that form.
"""
import re
import sys
import tomllib
from pathlib import Path

NAME = re.compile(r"^-- name: ([a-z][a-z0-9_]*)(, of one)?$")
MIGRATION = re.compile(r"^(\d{8}T\d{4}_[a-z0-9_]+?)(?:\.(sqlite|postgres))?\.sql$")


def refuse(path, line, message):
    sys.exit(f"{path}:{line}: {message}")


def raw(text):
    """A C++ raw string; compilers limit one literal to 64 KB, so long texts are cut."""
    pieces = [text[i:i + 16000] for i in range(0, len(text), 16000)] or [""]
    return " ".join(f'R"~~({piece})~~"' for piece in pieces)


def sql_of(lines):
    """Without its comments: one that stands above the next statement is not of this."""
    return "\n".join(line for line in lines if not line.lstrip().startswith("--")).strip()


def statements(path):
    """The named statements of one file, in order, as (name, sql, of_one)."""
    found, name, of_one, body = [], None, False, []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        match = NAME.match(line)
        if line.startswith("-- name") and not match:
            refuse(path, number, "a statement's name is '-- name: lower_case_words'")
        if match:
            if name:
                found.append((name, sql_of(body), of_one))
            name, of_one, body = match.group(1), match.group(2) is not None, []
        elif name:
            body.append(line)
        elif line.strip() and not line.startswith("--"):
            refuse(path, number, "SQL before the first '-- name:' line")
    if name:
        found.append((name, sql_of(body), of_one))
    names = [n for n, _, _ in found]
    for duplicate in {n for n in names if names.count(n) > 1}:
        refuse(path, 1, f"two statements are named {duplicate}")
    return found


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def statement_header(source, path, generated):
    relative = path.relative_to(source)
    stem = path.name.split(".")[0]
    rows = [
        f'inline constexpr Statement {name}{{"{relative.with_suffix("")}.{name}", {raw(sql)}'
        f'{", true" if of_one else ""}}};'
        for name, sql, of_one in statements(path)
    ]
    text = "\n".join([
        "#pragma once", f"// Made by tools/embed.py from src/{relative}", "",
        '#include "platform/db/statement.hpp"', "",
        f"namespace jishi::sql::{stem} {{", "", *rows, "",
        f"}}  // namespace jishi::sql::{stem}", "",
    ])
    write(generated / relative.parent / (path.name + ".hpp"), text)
    return [(stem, name) for name, _, _ in statements(path)], str(relative) + ".hpp"


def migration_rows(source, paths):
    rows = []
    for path in sorted(paths, key=lambda p: p.name):
        match = MIGRATION.match(path.name)
        if not match:
            refuse(path, 1, "a migration is named YYYYMMDDThhmm_words[.sqlite|.postgres].sql")
        module = path.parent.parent.name
        engine = match.group(2) or ""
        sql = raw(path.read_text("utf-8"))
        rows.append(f'  {{"{module}", "{match.group(1)}", "{engine}", {sql}}},')
    return rows


def texts(source):
    rows = []
    for path in sorted(source.rglob("texts.toml")):
        try:
            catalogue = tomllib.loads(path.read_text("utf-8"))
        except tomllib.TOMLDecodeError as error:
            refuse(path, 1, str(error))
        for module, entries in catalogue.items():
            for code, languages in entries.items():
                if set(languages) != {"zh", "en"}:
                    refuse(path, 1, f"{module}.{code} needs zh and en and nothing else")
                rows.append((f"{module}.{code}", languages["zh"], languages["en"]))
    rows.sort()
    for first, second in zip(rows, rows[1:]):
        if first[0] == second[0]:
            sys.exit(f"texts: {first[0]} is given twice")
    return rows


def main():
    source, generated = Path(sys.argv[1]), Path(sys.argv[2])
    all_sql = sorted(source.rglob("*.sql"))
    migrations = [p for p in all_sql if p.parent.name == "schema"]
    headers, names = [], []
    for path in (p for p in all_sql if p.parent.name != "schema"):
        found, header = statement_header(source, path, generated)
        if not path.name.endswith(".duck.sql"):
            headers.append(header)
            names += found
    write(generated / "embedded_sql.cpp", "\n".join([
        "// Made by tools/embed.py", '#include "platform/db/migrations.hpp"',
        '#include "platform/db/statement.hpp"',
        *[f'#include "{h}"' for h in headers], "", "namespace jishi {", "",
        "const std::vector<const Statement*>& all_statements() {",
        "  static const std::vector<const Statement*> kAll{",
        *[f"      &sql::{stem}::{name}," for stem, name in names], "  };",
        "  return kAll;", "}", "",
        "const std::vector<Migration>& all_migrations() {",
        "  static const std::vector<Migration> kAll{", *migration_rows(source, migrations), "  };",
        "  return kAll;", "}", "", "}  // namespace jishi", "",
    ]))
    write(generated / "embedded_texts.cpp", "\n".join([
        "// Made by tools/embed.py", '#include "base/texts.hpp"', "", "namespace jishi {", "",
        "const std::vector<Text>& all_texts() {", "  static const std::vector<Text> kAll{",
        *[f'      {{"{code}", {raw(zh)}, {raw(en)}}},' for code, zh, en in texts(source)], "  };",
        "  return kAll;", "}", "", "}  // namespace jishi", "",
    ]))
    (generated / "embedded.stamp").touch()


if __name__ == "__main__":
    main()
