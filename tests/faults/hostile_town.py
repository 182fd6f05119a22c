"""A served town, and somebody in it who sends bytes: what the hostile suites share."""

import json
import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scenarios"))
from common import Tally, Wrong, parse_arguments  # noqa: E402
from raw_http import Peer, request  # noqa: E402
from world import PASSWORD, World  # noqa: E402

MOST_GROWTH = 400e6  # bytes of memory that a suite may take


class Person:
    """Whoever is signed in: what goes with each request of theirs."""

    def __init__(self, town, login, headers=()):
        self.town = town
        body = json.dumps({"login": login, "password": PASSWORD}).encode()
        answer = town.ask("POST", "/api/v1/sessions", [*headers, JSON], body)
        if answer.status != 201:
            raise Wrong(f"{login} cannot sign in: {answer}")
        self.csrf = answer.json["csrf"]
        self.cookies = dict(
            cookie.split(";")[0].split("=", 1) for cookie in answer.headers["set-cookie"]
        )
        self.set_cookies = answer.headers["set-cookie"]

    @property
    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    @property
    def headers(self):
        return [("Cookie", self.cookie), ("X-CSRF-Token", self.csrf)]

    def ask(self, method, target, headers=(), body=b""):
        return self.town.ask(method, target, [*self.headers, *headers], body)


JSON = ("Content-Type", "application/json")


class Town:
    def __init__(self, world):
        self.world, self.port, self.known = world, world.port, world.known
        self.host = f"127.0.0.1:{world.port}"
        self.uploads = world.folder / "data/uploads"

    def bytes(self, method, target, headers=(), body=b"", host=None):
        return request(method, target, headers, body, host=self.host if host is None else host)

    def ask(self, method, target, headers=(), body=b"", host=None):
        """The answer to a well-framed request on a connection of its own."""
        with Peer(self.port) as peer:
            peer.send(self.bytes(method, target, headers, body, host))
            return peer.answer(method == "HEAD")

    def figure(self, name):
        found = re.search(rf"^{name} (\S+)$", self.ask("GET", "/metrics").body.decode(), re.M)
        if not found:
            raise Wrong(f"/metrics does not tell {name}")
        return float(found.group(1))

    def left_files(self):
        """What lies where uploads and exports are for a moment."""
        return sorted(os.listdir(self.uploads)) if self.uploads.exists() else []


@contextmanager
def nothing_happens(town):
    """Holds that what is done in it left no fact and no file, and took no memory to speak of."""
    facts, memory = town.figure("jishi_ledger_facts"), town.figure("jishi_resident_bytes")
    yield
    after = town.figure("jishi_ledger_facts")
    if after != facts:
        raise Wrong(f"{after - facts:g} facts were written")
    if town.left_files():
        raise Wrong(f"files were left: {town.left_files()}")
    if town.figure("jishi_resident_bytes") - memory > MOST_GROWTH:
        raise Wrong("the memory has grown")


def check_refusal(answer, status, code="", language="en"):
    """Holds that an answer is this refusal, said as all are: a problem with code and number."""
    if (answer.status, answer.code) != (status, code or answer.code) or not answer.code:
        raise Wrong(f"{answer}, expected {status} {code}")
    said = answer.problem
    if said["request"] != answer.header("x-request-id") or len(said["request"]) != 16:
        raise Wrong(f"its number: {said['request']}")
    if said["status"] != status or not said["detail"] or not said["title"]:
        raise Wrong(f"not a whole problem: {said}")
    spoken = (language,) if language else ("zh", "en")
    if (
        answer.header("content-language") not in spoken
        or answer.header("cache-control") != "no-store"
    ):
        raise Wrong(f"its headers: {answer.headers}")


def run_suite(description, suite):
    """Runs `suite(town, tally)` over a served town, and holds that the server outlives it."""
    arguments = parse_arguments(description)
    tally = Tally()
    with World(arguments.jishi) as world:
        town = Town(world)
        suite(town, tally)

        def lives():
            if town.ask("GET", "/healthz").status != 200:
                raise Wrong("it does not answer")
            if problem := world.stop():
                raise Wrong(problem)
            world.run("verify")

        tally.test("the server lives and its ledger verifies", lives)
    tally.close()
