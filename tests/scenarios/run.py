#!/usr/bin/python3
"""Sends the requests of every scenario file to a server, and holds the answers against the files
and against the OpenAPI document.

Run: tests/scenarios/run.py --jishi build/release/jishi [--postgres URL] [--keep] [--only WORD]

Every operation of the document needs a success, and a refusal unless it has nothing to refuse.
Closes with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import re
import sys
import time
from pathlib import Path

from client import multipart
from document import Document
from expect import check, hold
from scenario import Wrong, content_of, fill, read
from world import EmptyWorld, World

ROOT = Path(__file__).resolve().parent.parent.parent
SOON_S = 20  # an answer that is expected soon, an event: a job's end, a light
FIRST = ".first.test"  # files that need a store with nothing in it
# A text that lacks an argument, or has no words for its code.
UNFINISHED = re.compile(r"\{\w+\}|^[a-z]+\.[a-z_]+$")


class Runner:
    """Runs the steps of one scenario file after another in one world."""

    def __init__(self, world, document):
        self.world, self.document = world, document
        self.passed = self.failed = 0
        self.path, self.known, self.guests = None, {}, {}

    def run(self, path):
        """One test a step; after one that failed the rest of the file would only mislead."""
        self.path, self.known, self.guests = path, dict(self.world.known), {}
        step = None
        try:
            for step in read(path):
                self.take(step)
                self.passed += 1
        except (Wrong, OSError) as wrong:
            shown = path.relative_to(ROOT)
            self.fail(f"{shown}:{step.line}: {step.method} {step.target}: {wrong}" if step
                      else str(wrong))
        for client in [*self.guests.values(), *self.world.clients.values()]:
            client.close()

    def fail(self, message):
        self.failed += 1
        print(message, flush=True)

    def client_of(self, step):
        return self.world.clients.get(step.who) or self.guests.setdefault(
            step.who, self.world.stranger())

    def take(self, step):
        if step.method == "LET":
            self.known[step.target] = fill(step.body[0], self.known)
        elif step.method == "AGED":
            self.world.age(int(self.known[step.target]), int(step.body[0]))
        elif step.method == "HEAR":
            self.hear(step)
        elif step.method == "CLOSED":
            stream = self.stream_of(step)
            if not stream.ended.wait(SOON_S):
                raise Wrong(f"the stream is still open after {SOON_S} s")
        elif step.soon:
            self.ask_until(step)
        else:
            self.ask(step)

    # --- requests -----------------------------------------------------------------------------

    def ask_until(self, step):
        until = time.monotonic() + SOON_S
        while True:
            try:
                return self.ask(step)
            except Wrong:
                if time.monotonic() >= until:
                    raise
                time.sleep(0.05)

    def ask(self, step):
        client, target = self.client_of(step), fill(step.target, self.known)
        headers = {name: fill(value, self.known) for name, value in step.headers.items()}
        if step.method == "LISTEN":
            method, answer = "GET", client.listen(target, headers)
        else:
            body = fill("\n".join(step.body), self.known) or None
            if step.parts:
                body, headers["Content-Type"] = multipart(*self.parts(step))
            method, answer = step.method, client.send(step.method, target, body, headers)
        client.enter(answer)
        if complaint := self.document.complaint(method, target, answer):
            raise Wrong(complaint)
        if answer.status != step.status or (step.code and answer.code != step.code):
            raise Wrong(f"answers {answer.status} {answer.code or ''}, expected {step.status} "
                        f"{step.code or ''}: {answer.text[:400]}")
        if answer.code and UNFINISHED.search(answer.json["detail"]):
            raise Wrong(f"the refusal is not said in words: {answer.json['detail']}")
        hold(step.checks, answer, self.known)

    def parts(self, step):
        fields, files = [], []
        for part in step.parts:
            if not part.is_file:
                fields.append((part.name, fill(part.text, self.known)))
                continue
            content = content_of(part, self.path.parent, self.known)
            files.append((part.name, Path(part.text).name, content))
        return fields, files

    # --- events -------------------------------------------------------------------------------

    def stream_of(self, step):
        stream = self.client_of(step).stream
        if stream is None:
            raise Wrong(f"{step.who} does not listen")
        return stream

    def hear(self, step):
        """Reads on to the event that the step tells of; what it says never comes may not."""
        stream, until, passed = self.stream_of(step), time.monotonic() + SOON_S, []
        never = [(number, text[6:]) for number, text in step.checks if text.startswith("never ")]
        wanted = [(number, text) for number, text in step.checks if not text.startswith("never ")]
        while event := stream.next(max(0.0, until - time.monotonic())):
            for number, text in never:
                if not check(text, event, self.known):
                    raise Wrong(f"line {number}: was told {event.text}")
            try:
                if event.kind == step.target:
                    return hold(wanted, event, self.known)
            except Wrong:
                pass  # another one
            passed.append(f"{event.kind} {event.text}")
        raise Wrong(f"no such event within {SOON_S} s, but: {passed[-5:]}")

    # --- the whole ----------------------------------------------------------------------------

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
    """An open page whose address names nothing has nothing to refuse."""
    named = any(parameter.get("required") for parameter in operation.get("parameters", ()))
    return method != "GET" or named or operation["x-subject"] != "open"


def run_first(runner, path, arguments):
    """A scenario of the first start: in an empty store, by a server of its own."""
    town = runner.world
    with EmptyWorld(arguments.jishi, arguments.postgres, arguments.keep) as world:
        runner.world = world
        runner.run(path)
        if problem := world.stop():
            runner.fail(problem)
    runner.world = town


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
            if not path.name.endswith(FIRST):
                runner.run(path)
        for path in files:
            if path.name.endswith(FIRST):
                run_first(runner, path, arguments)
        if not arguments.only:
            runner.hold_coverage()
        if problem := world.stop():
            runner.fail(problem)
    print(f"{runner.passed} passed, {runner.failed} failed")
    return 1 if runner.failed or not runner.passed else 0


if __name__ == "__main__":
    sys.exit(main())
