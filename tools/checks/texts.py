#!/usr/bin/python3
"""Every code that the program says has a text, every text is said, and no text is left half.

Run: texts.py [SOURCE]
Prints one line a finding, 'file:line: what, and what to do instead'; exit 1 if any.
"""

import re
import sys
import tomllib
from pathlib import Path

LITERAL = re.compile(r'"([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)"')
WORD = re.compile(r'"([a-z][a-z0-9_]*)"')
OPEN_ENDED = re.compile(r'"([a-z][a-z0-9_]*)\.(?:\{\})?"')
FILE_ENDINGS = {"csv", "db", "duckdb", "hpp", "json", "lock", "log", "pid", "sql", "sqlite",
                "toml", "txt", "xls", "xlsx", "xml", "zip"}
COMMAND = re.compile(r'\bentry<\w+>\(\s*"([a-z_.]+)"')  # a command's name, which needs no text
# Found by the names of a list's columns: api/export/labels.hpp; lists_test.cpp holds them.
BY_CONVENTION = ("export_column_", "export_value_")
HALF_WIDTH = re.compile("[\u4e00-\u9fff”}）][,;:()!?]|[,;:()][\u4e00-\u9fff“]")
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def catalogue(source):
    """{code: (file, line, texts)}"""
    texts = {}
    for path in sorted(source.rglob("texts.toml")):
        content = path.read_text("utf-8")
        heads = {line.strip("[] "): number for number, line in enumerate(content.splitlines(), 1)
                 if line.startswith("[")}
        for module, entries in tomllib.loads(content).items():
            for name, languages in entries.items():
                code = f"{module}.{name}"
                texts[code] = (path.relative_to(source), heads.get(code, 1), languages)
    return texts


class Said:
    """The codes that stand in the code."""

    def __init__(self, source):
        self.whole = {}  # code: where
        self.words = set()
        self.open_ended = set()  # modules whose codes are put together from parts
        self.commands = set()
        for path in sorted(source.rglob("*.[ch]pp")):
            if not path.name.endswith("_test.cpp"):
                self.read(f"{source.name}/{path.relative_to(source)}", path.read_text("utf-8"))

    def read(self, name, content):
        self.commands.update(COMMAND.findall(content))
        for number, line in enumerate(content.splitlines(), 1):
            if line.lstrip().startswith(("#include", "//")) or "Statement " in line:
                continue
            for module, word in LITERAL.findall(line):
                if word not in FILE_ENDINGS:
                    self.whole.setdefault(f"{module}.{word}", f"{name}:{number}")
            self.words.update(WORD.findall(line))
            self.open_ended.update(OPEN_ENDED.findall(line))

    def says(self, code):
        module, name = code.split(".", 1)
        if name.startswith(BY_CONVENTION):
            return True
        return code in self.whole or (module in self.open_ended and name in self.words)


def problems(source):
    texts, said = catalogue(source), Said(source)
    modules = {code.split(".")[0] for code in texts}
    for code, where in said.whole.items():
        known = code in texts or code in said.commands
        if code.split(".")[0] in modules and not known:
            yield f"{where}: {code} has no text: add [{code}] to the texts.toml beside"
    for code, (path, line, languages) in texts.items():
        where = f"{source.name}/{path}:{line}"
        if not said.says(code):
            yield f"{where}: {code} is never said: remove it"
        names = [set(PLACEHOLDER.findall(text)) for text in languages.values()]
        if any(other != names[0] for other in names):
            yield f"{where}: {code} puts in other values in one language than in the other"
        if HALF_WIDTH.search(languages.get("zh", "")):
            yield f"{where}: {code} has English punctuation in Chinese: write ，；：（） and the like"


def main():
    default = Path(__file__).resolve().parents[2] / "src"
    found = list(problems(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else default))
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
