#!/usr/bin/python3
"""Each check on small source trees: what it must find, and what it must leave alone."""

import sys
import tempfile
from pathlib import Path

import layers
import limits
import texts
import wording

TEXT = '[m.gone]\nzh = "没有了 {id}"\nen = "{id} is gone"\n'
REASON = '<definitions><outputEntry><text>%s</text></outputEntry></definitions>'
GATEWAY = '<definitions name="事"><exclusiveGateway name="同意？"/></definitions>'
LONG = "int f() {\n" + "  g();\n" * 69 + "}\n"

# name, check, {file: content}, words of the one finding ('' for none)
CASES = [
    ("a layer may include what is below", layers.problems,
     {"platform/a.cpp": '#include "base/b.hpp"', "base/b.hpp": ""}, ""),
    ("not what is above", layers.problems,
     {"base/b.hpp": '\n#include "ledger/l.hpp"', "ledger/l.hpp": ""},
     "src/base/b.hpp:2: base may not include ledger"),
    ("main is outside the layers", layers.problems,
     {"main.cpp": '#include "app/a.hpp"', "app/a.hpp": ""}, ""),
    ("nothing that is not there", layers.problems,
     {"base/b.cpp": '#include "b.hpp"', "base/b.hpp": ""}, "include paths start at src/"),
    ("generated statements stand for their .sql", layers.problems,
     {"ledger/l.cpp": '#include "ledger/l.sql.hpp"', "ledger/l.sql": ""}, ""),
    ("a module by its public header", layers.problems,
     {"modules/a/x.cpp": '#include "modules/b/b.hpp"', "modules/b/b.hpp": ""}, ""),
    ("not by another", layers.problems,
     {"modules/a/x.cpp": '#include "modules/b/c.hpp"', "modules/b/c.hpp": ""},
     "module a may include only modules/b/b.hpp"),
    ("its own headers as it likes", layers.problems,
     {"modules/a/f/x.cpp": '#include "modules/a/g/y.hpp"', "modules/a/g/y.hpp": ""}, ""),
    ("no cycle of modules", layers.problems,
     {"modules/a/a.hpp": "", "modules/b/b.hpp": "",
      "modules/a/x.cpp": '#include "modules/b/b.hpp"',
      "modules/b/x.cpp": '#include "modules/a/a.hpp"'},
     "modules include each other: a -> b -> a"),
    ("no cycle of files", layers.problems,
     {"base/a.hpp": '#include "base/b.hpp"', "base/b.hpp": '#include "base/a.hpp"'},
     "files include each other: base/a.hpp -> base/b.hpp -> base/a.hpp"),
    ("DuckDB in its folder", layers.problems, {"platform/duck/a.cpp": "#include <duckdb.h>"}, ""),
    ("not elsewhere", layers.problems, {"ledger/a.cpp": "#include <duckdb.h>"},
     "<duckdb.h> belongs to platform/duck"),
    ("no files in base", layers.problems, {"base/a.cpp": "#include <fstream>"},
     "base does no input or output"),

    ("a line of 100 signs, Chinese ones too", limits.problems, {"src/a.cpp": "字" * 100}, ""),
    ("not of 101", limits.problems, {"src/a.cpp": "字" * 101}, "src/a.cpp:1: 101 columns"),
    ("a file of 500 lines", limits.problems, {"src/a.hpp": "\n" * 500}, ""),
    ("not of 501", limits.problems, {"src/a.hpp": "\n" * 501}, "501 lines, at most 500"),
    ("a function of 71 lines", limits.problems, {"src/a.cpp": LONG}, "f has 71 lines, at most 70"),
    ("two of 40", limits.problems,
     {"src/a.cpp": ("int f() {\n" + "  g();\n" * 38 + "}\n\n") * 2}, ""),
    ("a class is no function", limits.problems,
     {"src/a.hpp": "struct S {\n" + "  int a(int);\n" * 80 + "};\n"}, ""),
    ("a function of Python", limits.problems,
     {"tests/a.py": "def f():\n" + "    g()\n" * 70}, "f has 71 lines"),
    ("no open ends", limits.problems, {"src/a.sql": "-- TO" "DO later"}, "an open end"),
    ("no printing in a module", limits.problems, {"src/modules/a/a.cpp": 'std::cout << "x";'},
     "only app prints"),
    ("but in app", limits.problems, {"src/app/a.cpp": 'fmt::print("x");'}, ""),
    ("fmt::format prints nothing", limits.problems, {"src/base/a.cpp": 'fmt::format("x");'}, ""),
    ("no wait in a condition", limits.problems,
     {"src/a.cpp": "if (!co_await more()) co_return false;"}, "a wait within an expression"),
    ("no wait behind an and", limits.problems,
     {"src/a.cpp": "bool on = there && co_await more();"}, "a wait within an expression"),
    ("but in the statement it leads to", limits.problems,
     {"src/a.cpp": "if (there(1)) co_return co_await more();"}, ""),
    ("no outer join of a view of several tables", limits.problems,
     {"src/modules/a/a.sql": "left join registry_published_member m on m.person = a.person"},
     "is joined outwards"),
    ("no SQL in a module", limits.problems,
     {"src/modules/a/a.cpp": 'run("DELETE FROM person");'}, "SQL in C++"),
    ("but in the platform and in tests", limits.problems,
     {"src/platform/db/a.cpp": 'run("DELETE FROM t");',
      "src/modules/a/a_test.cpp": 'run("SELECT a FROM t");'}, ""),
    ("a sentence is no SQL", limits.problems,
     {"src/modules/a/a.cpp": 'say("select a branch, then update it");'}, ""),

    ("a code with its text", texts.problems,
     {"m/a.cpp": 'fail(kind, "m.gone")', "m/texts.toml": TEXT}, ""),
    ("without", texts.problems,
     {"m/a.cpp": '"m.gone" "m.lost"', "m/texts.toml": TEXT}, "src/m/a.cpp:1: m.lost has no text"),
    ("a text without its code", texts.problems, {"m/texts.toml": TEXT},
     "src/m/texts.toml:1: m.gone is never said"),
    ("a code put together", texts.problems,
     {"m/a.cpp": 'say("m." + code); refuse("gone")', "m/texts.toml": TEXT}, ""),
    ("a file's name is no code", texts.problems,
     {"m/a.cpp": '"m.gone" "m.sqlite"', "m/texts.toml": TEXT}, ""),
    ("a command's name needs none", texts.problems,
     {"m/a.cpp": 'entry<Go>(\n"m.go", "m.gone")\n"m.go"', "m/texts.toml": TEXT}, ""),
    ("nor what a comment says", texts.problems,
     {"m/a.cpp": '"m.gone"\n  /// as "m.lost"', "m/texts.toml": TEXT}, ""),
    ("both languages with the same values", texts.problems,
     {"m/a.cpp": '"m.gone"', "m/texts.toml": TEXT.replace("{id} is", "It is")},
     "puts in other values"),
    ("Chinese with its own punctuation", texts.problems,
     {"m/a.cpp": '"m.gone"', "m/texts.toml": '[m.gone]\nzh = "没有,请看"\nen = "gone"\n'},
     "English punctuation in Chinese"),

    ("a reason with its English", wording.problems,
     {"processes/a.dmn": REASON % '"没有议题"', "wording.toml": '[texts]\n"没有议题" = "None"\n'},
     ""),
    ("without", wording.problems,
     {"processes/a.dmn": REASON % 'if ok then "" else "没有议题"'},
     'processes/a.dmn: has no English: add to wording.toml:  "没有议题" ='),
    ("one put together", wording.problems,
     {"processes/a.dmn": REASON % '"最多" + string(count(all) + 1) + "天"'}, '"最多{1}天" ='),
    ("an English one with other places", wording.problems,
     {"wording.toml": '[texts]\n"最多{1}天" = "At most some days"\n'}, "has other places"),
    ("what is no text of a decision", wording.problems,
     {"processes/a.dmn": REASON.replace("outputEntry", "annotationEntry") % '"说明"'}, ""),
    ("a name in a drawing", wording.problems,
     {"processes/a.bpmn": GATEWAY}, 'add to [labels] of wording.toml:  "同意？" ='),
    ("with its English", wording.problems,
     {"processes/a.bpmn": GATEWAY, "wording.toml": '[labels]\n"同意？" = "Agreed?"\n'}, ""),
    ("an article", wording.problems,
     {"forms/a.json": '{"x-basis": "条例（S39）"}'},
     'forms/a.json: has no English: add to wording.toml:  "条例" ='),
]


def problem_of(check, files, expected):
    """'' when the check says of these files what is expected."""
    with tempfile.TemporaryDirectory(prefix="jishi-checks-") as folder:
        root = Path(folder) if check is limits.problems else Path(folder) / "src"
        for name, content in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, "utf-8")
        found = list(check(root))
    if not expected:
        return "\n".join(found)
    if len(found) != 1 or expected not in found[0]:
        return f"expected one finding with '{expected}', got {found}"
    return ""


def main():
    failed = 0
    for name, check, files, expected in CASES:
        if problem := problem_of(check, files, expected):
            failed += 1
            print(f"{check.__module__}: {name}: {problem}")
    print(f"{len(CASES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
