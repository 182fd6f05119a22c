"""Runs jishi in places of its own, and counts what held.

A place is a folder with a store, keys and a home; a copy of one is as good as the original, so that
a store is made once and broken often.
"""

import argparse
import http.client
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass

TIMEOUT_S = 180


def hear_interrupts():
    """A shell starts what runs in its background deaf to Ctrl-C; the program under test is not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Wrong(Exception):
    """The program did not do what it must; the text goes to the reader."""


@dataclass
class Done:
    status: int  # negative: the signal that ended it
    output: bytes
    errors: str

    def lines(self):
        """The NDJSON that it printed."""
        try:
            return [json.loads(line) for line in self.output.decode("utf-8").splitlines()]
        except ValueError as error:
            raise Wrong(f"not NDJSON: {error}: {self.output[:300]!r}") from None


class Place:
    """A folder with a store, and the program to run on it."""

    def __init__(self, program, root):
        self.program, self.root = os.path.abspath(program), root
        self.data = os.path.join(root, "data")
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": os.path.join(root, "home"),
                            "JISHI_KEYS": os.path.join(root, "keys")}
        os.makedirs(self.environment["HOME"], exist_ok=True)

    def start(self, *arguments, prepare=None, **options):
        """Starts a command and does not wait for it; `prepare` runs in its process before it."""
        def before_it_runs():
            hear_interrupts()
            if prepare:
                prepare()

        return subprocess.Popen([self.program, *arguments], env=self.environment, cwd=self.root,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, preexec_fn=before_it_runs, **options)

    def start_import(self, paths, **options):
        return self.start("import", "--data", self.data, "--json", *paths, **options)

    def run(self, *arguments, status=0):
        """Runs a command to its end; Wrong unless it ends with `status`."""
        done = finish(self.start(*arguments))
        if done.status != status:
            raise Wrong(f"{' '.join(arguments)}: exit {done.status}, expected {status}: "
                        f"{done.errors or done.output[:500]!r}")
        return done

    def verify(self):
        self.run("verify", "--data", self.data)

    def lights(self, day):
        return self.run("lights", "--data", self.data, "--as-of", day, "--json").output

    def import_all(self, paths, unchanged=None):
        """Imports files of which every row must be accepted; `unchanged`: as rows held before."""
        for sheet in self.run("import", "--data", self.data, "--json", *paths).lines():
            if sheet.get("accepted") != sheet.get("rows") or not sheet.get("rows"):
                raise Wrong(f"not every row was accepted: {sheet}")
            if unchanged and sheet.get("unchanged") != sheet["rows"]:
                raise Wrong(f"rows that were acknowledged are gone: {sheet}")


def finish(process, timeout_s=TIMEOUT_S):
    """Waits for a started command."""
    try:
        output, errors = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise Wrong(f"no end within {timeout_s} s: {' '.join(process.args)}") from None
    return Done(process.returncode, output, errors.decode("utf-8", "replace"))


@contextmanager
def folder():
    """A temporary folder, gone at the end."""
    path = tempfile.mkdtemp(prefix="jishi-faults-")
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


@contextmanager
def copy_of(place, root=None):
    """A place with the same content in a folder of its own (`root`, or a temporary one)."""
    with folder() as temporary:
        root = root or os.path.join(temporary, "place")
        shutil.copytree(place.root, root, dirs_exist_ok=True)
        yield Place(place.program, root)


class Tally:
    """Counts tests; `close` prints the line that the test runner reads."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def test(self, name, function, *arguments):
        """Runs one test: `function` raises Wrong where something does not hold. So does whoever
        finds nobody there."""
        try:
            function(*arguments)
            self.passed += 1
        except (Wrong, OSError, http.client.HTTPException) as wrong:
            self.failed += 1
            print(f"{name}: {wrong if isinstance(wrong, Wrong) else repr(wrong)}", flush=True)

    def skip(self, name, reason):
        self.skipped += 1
        print(f"{name}: skipped: {reason}")

    def close(self):
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        print(f"{self.passed} passed, {self.failed} failed{skipped}")
        sys.exit(1 if self.failed or not self.passed else 0)


def parse_arguments(description, **numbers):
    """`--jishi PROGRAM`, and a whole-number option for each of `numbers` with its default."""
    parser = argparse.ArgumentParser(description=description.strip().splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    for name, default in numbers.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    return parser.parse_args()
