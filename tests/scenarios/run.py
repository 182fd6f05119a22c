#!/usr/bin/python3
"""Sends the requests of every scenario file to a server, and holds the answers against the files
and against the OpenAPI document.

Run: tests/scenarios/run.py --jishi build/release/jishi [--postgres URL] [--keep] [--only WORD]

Every operation of the document needs a success, and a refusal unless it has nothing to refuse.
Closes with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from client import multipart
from document import Document
from scenario import Wrong, check, fill, read
from world import World

ROOT = Path(__file__).resolve().parent.parent.parent
SOON_S = 20  # an answer that is expected soon: a job's end, a light


class Runner:
    """Runs the steps of one scenario file after another in one world."""

    def __init__(self, world, document):
        self.world, self.document = world, document
        self.passed = self.failed = 0

    def run(self, path):
        """One test a step; after one that failed the rest of the file would only mislead."""
        known, guests = dict(self.world.known), {}
        try:
            steps = read(path)
        except Wrong as wrong:
            self.fail(str(wrong))
            return
        for step in steps:
            client = self.world.clients.get(step.who) or guests.setdefault(
                step.who, self.world.stranger())
            try:
                self.expect(step, client, known, path)
                self.passed += 1
            except (Wrong, OSError) as wrong:
                shown = path.relative_to(ROOT)
                self.fail(f"{shown}:{step.line}: {step.method} {step.path}: {wrong}")
                return

    def fail(self, message):
        self.failed += 1
        print(message, flush=True)

    def expect(self, step, client, known, path):
        until = time.monotonic() + (SOON_S if step.soon else 0)
        while True:
            try:
                self.try_once(step, client, known, path)
                return
            except Wrong:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.05)

    def try_once(self, step, client, known, path):
        target = fill(step.path, known)
        headers = {name: fill(value, known) for name, value in step.headers.items()}
        body = fill("\n".join(step.body), known) or None
        if step.parts:
            body, headers["Content-Type"] = multipart(*self.parts(step, known, path))
        answer = client.send(step.method, target, body, headers)
        client.enter(answer)
        if complaint := self.document.complaint(step.method, target, answer):
            raise Wrong(complaint)
        if answer.status != step.status or (step.code and answer.code != step.code):
            raise Wrong(f"answers {answer.status} {answer.code or ''}, expected {step.status} "
                        f"{step.code or ''}: {answer.body[:400].decode('utf-8', 'replace')}")
        for number, text in step.checks:
            try:
                problem = check(text, answer, known)
            except (KeyError, IndexError, ValueError, TypeError) as error:
                problem = f"{text}: nothing stands there ({error})"
            if problem:
                raise Wrong(f"line {number}: {problem}")

    @staticmethod
    def parts(step, known, path):
        fields, files = [], []
        for name, kind, value in step.parts:
            if kind == "=":
                fields.append((name, fill(value, known)))
            else:
                text = fill((path.parent / value).read_text("utf-8"), known)
                files.append((name, Path(value).name, text.encode()))
        return fields, files

    def hold_coverage(self):
        """One test an operation: the scenarios show it done, and refused."""
        for method, path, operation in self.document.operations():
            name = operation["operationId"]
            statuses = {status for seen, status in self.document.seen if seen == name}
            missing = [] if any(status < 400 for status in statuses) else ["success"]
            if may_refuse(method, operation) and not any(status >= 400 for status in statuses):
                missing.append("refusal")
            if missing:
                self.fail(f"{method} {path} ({name}): no scenario shows its {', '.join(missing)}")
            else:
                self.passed += 1


def may_refuse(method, operation):
    """An open page without parameters has nothing to refuse."""
    return method != "GET" or "parameters" in operation or operation["x-subject"] != "open"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--postgres", metavar="URL", help="run on this PostgreSQL database")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the server")
    parser.add_argument("--only", default="", metavar="WORD", help="files whose path has it")
    arguments = parser.parse_args()
    files = [path for path in sorted(ROOT.glob("src/**/*.test")) if arguments.only in str(path)]
    with World(arguments.jishi, arguments.postgres, arguments.keep) as world:
        runner = Runner(world, Document(json.loads(world.run("openapi"))))
        for path in files:
            runner.run(path)
        if not arguments.only:
            runner.hold_coverage()
        if problem := world.stop():
            runner.fail(problem)
    print(f"{runner.passed} passed, {runner.failed} failed")
    return 1 if runner.failed or not runner.passed else 0


if __name__ == "__main__":
    sys.exit(main())
