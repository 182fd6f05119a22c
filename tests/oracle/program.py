"""Runs the jishi program under test, each time with a home, keys and store of its own."""

import json
import os
import shutil
import subprocess
import tempfile
import uuid
from contextlib import contextmanager

TIMEOUT_SECONDS = 60


class Unexpected(Exception):
    """The program did not do what the contract says; the text goes to the reader."""


@contextmanager
def workplace(program, database=""):
    """A Jishi with an empty store in a temporary folder, or in a schema of its own in a database of
    PostgreSQL; both are removed at the end."""
    root = tempfile.mkdtemp(prefix="jishi-oracle-")
    try:
        if database:
            with schema(database) as url:
                yield Jishi(program, root, url)
        else:
            yield Jishi(program, root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


@contextmanager
def schema(database):
    """The URL of an empty schema, which is dropped at the end."""
    name = f"oracle_{uuid.uuid4().hex[:12]}"
    sql(database, f"create schema {name}")
    try:
        yield f"{database}{'&' if '?' in database else '?'}options=-csearch_path%3D{name}"
    finally:
        sql(database, f"drop schema {name} cascade")


def sql(database, text):
    subprocess.run(["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", text],
                   check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL, timeout=TIMEOUT_SECONDS)


class Jishi:
    """The command line of the contract, on one store."""

    def __init__(self, program, root, database=""):
        self.program = os.path.abspath(program)
        self.root = root
        self.data = self.folder("data")
        self.environment = {
            **os.environ,
            "HOME": self.folder("home"),
            "JISHI_KEYS": self.folder("keys"),
        }
        if database:
            self.environment["JISHI_DB"] = database

    def folder(self, name):
        path = os.path.join(self.root, name)
        os.makedirs(path, exist_ok=True)
        return path

    def run(self, *arguments):
        """Runs a command; returns (exit status, stdout as bytes, stderr as text)."""
        command = [self.program, *arguments]
        try:
            done = subprocess.run(command, env=self.environment, cwd=self.root,
                                  stdin=subprocess.DEVNULL, capture_output=True,
                                  timeout=TIMEOUT_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise Unexpected(f"no end within {TIMEOUT_SECONDS} s: {' '.join(command)}") from None
        return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace")

    def import_files(self, paths, *options, expected_status):
        """`jishi import --json`: the raw stdout."""
        status, output, errors = self.run(
            "import", "--data", self.data, "--json", *options, *paths)
        if status != expected_status:
            raise Unexpected(f"import: exit {status}, expected {expected_status}\n"
                             f"{errors}{output.decode('utf-8', 'replace')[:2000]}")
        return output

    def lights(self, day):
        """`jishi lights --json` at `day`: one dict a line, without its evidence."""
        status, output, errors = self.run(
            "lights", "--data", self.data, "--as-of", str(day), "--json")
        if status != 0:
            raise Unexpected(f"lights: exit {status}\n{errors}")
        lines = parse_lines(output)
        for line in lines:
            line.pop("evidence", None)
        return lines


def parse_lines(output):
    """NDJSON to a list of dicts."""
    try:
        lines = [json.loads(line) for line in output.decode("utf-8").splitlines()]
    except ValueError as error:
        raise Unexpected(f"not NDJSON: {error}\n{output[:500]!r}") from None
    if not all(isinstance(line, dict) for line in lines):
        raise Unexpected("a line that is not an object")
    return lines


def split_report(output):
    """The stdout of an import as (sheet objects, refusal objects); `file` without its folder."""
    lines = parse_lines(output)
    for line in lines:
        line["file"] = os.path.basename(line.get("file", ""))
    sheets = [line for line in lines if "rows" in line]
    refusals = [line for line in lines if "code" in line]
    if len(sheets) + len(refusals) != len(lines):
        raise Unexpected(f"neither sheet nor refusal among the lines: {lines}")
    return sheets, refusals
