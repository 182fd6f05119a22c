#!/usr/bin/python3
"""Sends requests of every sort to a server that logs them, and holds the log against what was sent:
every answer's X-Request-Id has its line, every line is JSON that says when, how bad and what, and
nothing of a person, nothing that somebody typed and no secret stands in any of them.

Run: tests/scenarios/logs.py --jishi build/release/jishi [--postgres URL] [--keep]

Closes with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import re
import socket
import sys
import time
from urllib.parse import quote

from client import multipart
from world import PASSWORD, World, activities, dues, members, read

TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")
SOON_S = 10
# What is sent, and must not be found again.
TYPED = ["张三丰的名字", "zhangsanfeng", "13912345678", "990101196003010017", "核对换届选举名册的用途",
         "谁也猜不到的口令一二三", "nobody-by-this-login", "0f" * 32, "jishi_not_a_token_4711"]


class LoggedWorld(World):
    """The town with a server that logs every request."""

    def command(self, *words):
        return super().command(*words, *(["--log-requests"] if words[0] == "serve" else []))

    def log(self):
        return (self.folder / "serve.log").read_text("utf-8")


class Logs:
    def __init__(self, world):
        self.world, self.ids = world, []
        self.passed = self.failed = 0

    def add(self, name, problem=""):
        if problem:
            self.failed += 1
            print(f"{name}: {problem}", flush=True)
        else:
            self.passed += 1

    # --- what is sent -------------------------------------------------------------------------

    def send(self, client, method, path, body=None, headers=None):
        answer = client.send(method, path, body, headers)
        self.keep(f"{method} {path.split('?')[0]} {answer.status}",
                  answer.headers.get("x-request-id", ""))
        return answer

    def keep(self, name, request_id):
        self.ids.append((name, request_id))
        self.add(f"{name}: X-Request-Id",
                 "" if re.fullmatch("[0-9a-f]{16}", request_id) else f"is {request_id!r}")

    def raw(self, name, bytes_sent):
        """What no client would send; the server's own refusal carries its id."""
        with socket.create_connection(("127.0.0.1", self.world.port), timeout=10) as connection:
            connection.sendall(bytes_sent)
            answer = connection.recv(65536).decode("utf-8", "replace")
        found = re.search(r"(?i)x-request-id: (\w+)", answer)
        self.keep(name, found.group(1) if found else "")

    def requests(self):
        world, known = self.world, self.world.known
        chief, stranger = world.clients["chief"], world.stranger()
        name, phone, citizen, login, purpose = (TYPED[0], TYPED[2], TYPED[3], TYPED[6], TYPED[4])
        for query in (name, TYPED[1], phone, citizen):
            self.send(chief, "GET", f"/api/v1/search?q={quote(query)}")
        self.send(chief, "GET", f"/api/v1/persons/{known['E1P1']}")
        self.send(chief, "GET", f"/api/v1/organisations/{known['E1']}/members?name={TYPED[1]}")
        self.send(chief, "PATCH", f"/api/v1/persons/{known['E1P2']}", {"phone": phone},
                  {"If-Match": "*"})
        self.send(chief, "POST", f"/api/v1/persons/{known['E1P1']}/looks",
                  {"fields": ["phone"], "purpose": purpose})
        made = self.send(chief, "POST", "/api/v1/exports",
                         {"list": f"/api/v1/organisations/{known['E1']}/members?name={TYPED[1]}",
                          "format": "csv", "personal": ["phone"], "purpose": purpose})
        until = time.monotonic() + SOON_S
        while (read(chief, f"/api/v1/jobs/{made.json['id']}")["state"] != "done"
               and time.monotonic() < until):
            time.sleep(0.05)
        self.send(chief, "GET", f"/api/v1/jobs/{made.json['id']}/file")
        body, kind = multipart([], [("files", f"{name}.csv", f"姓名\n{name}\n".encode())])
        self.send(chief, "POST", f"/api/v1/organisations/{known['E1']}/imports", body,
                  {"Content-Type": kind})
        self.send(stranger, "POST", "/api/v1/sessions", {"login": login, "password": TYPED[5]})
        self.send(stranger, "POST", "/api/v1/sessions/by-link",
                  {"token": TYPED[7], "password": PASSWORD})
        self.send(stranger, "GET", f"/signin/once/{TYPED[7]}")
        stranger.token = TYPED[8]
        self.send(stranger, "GET", "/api/v1/session")
        self.send(world.clients["neighbour"], "GET", f"/api/v1/persons/{known['E1P1']}")
        self.send(world.stranger(), "GET", f"/no/such/{TYPED[1]}?q={phone}")
        self.send(world.stranger(), "DELETE", "/healthz")
        self.send(chief, "GET", "/api/v1/events")
        self.send(chief, "POST", "/api/v1/tokens",
                  {"name": name, "permissions": ["registry.read"], "expires": "2099-01-01"})
        self.raw("no host", f"GET /{TYPED[1]} HTTP/1.1\r\n\r\n".encode())
        self.raw("a header that is none", b"GET / HTTP/1.1\r\nHost : x\r\n\r\n")
        self.raw("a header too large",
                 b"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + b"a" * 20000 + b"\r\n\r\n")
        self.raw("no HTTP at all", f"{TYPED[1]}\r\n\r\n".encode())

    # --- what stands in the log ---------------------------------------------------------------

    def secrets(self):
        """Everything of people and everything secret that the server has seen."""
        yield from (("what was typed", word) for word in TYPED)
        for row in list(members())[1:]:
            yield from (("a member's number", row[0]), ("a name", row[1]), ("a citizen id", row[2]),
                        ("a phone", row[7]))
        yield from (("a topic", row[3]) for row in list(activities())[1:])
        yield from (("a person of a payment", row[0]) for row in list(dues())[1:])
        yield from (("a login", login) for login in self.world.clients)
        for code in ("E1", "E1P1", "E1P2"):
            yield f"the id of {code}", self.world.known[code]
        for client in self.world.clients.values():
            cookie = client.cookie.split("=", 1)[1].split(";")[0]
            yield from (("a session", cookie), ("a CSRF token", client.csrf))
        yield from (("a link", token) for token in self.world.links.values())

    def hold(self):
        text = self.world.log()
        lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]
        for line in lines:
            wrong = [] if TIME.match(line.get("time", "")) else ["time"]
            wrong += [] if line.get("level") in ("info", "warning", "error") else ["level"]
            wrong += [] if re.fullmatch("[a-z_]+", line.get("event", "")) else ["event"]
            self.add("a line", f"its {', '.join(wrong)} cannot be read: {line}" if wrong else "")
        logged = [line.get("request") for line in lines if line["event"] == "request"]
        for name, request_id in self.ids:
            count = logged.count(request_id)
            self.add(f"{name}: its line", "" if count == 1 else f"{count} lines of {request_id}")
        # Patterns of routes are words of the program: they may be the same as a login.
        text = re.sub(r'"route":"[^"]*"', "", text)
        for what, secret in self.secrets():
            found = re.search(rf"(?<![A-Za-z0-9]){re.escape(secret)}(?![A-Za-z0-9])", text)
            self.add(what, f"{secret} stands in the log" if found else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--postgres", metavar="URL", help="run on this PostgreSQL database")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the server")
    arguments = parser.parse_args()
    with LoggedWorld(arguments.jishi, arguments.postgres, arguments.keep) as world:
        logs = Logs(world)
        logs.requests()
        logs.add("the server's end", world.stop())
        logs.hold()
    print(f"{logs.passed} passed, {logs.failed} failed")
    return 1 if logs.failed or not logs.passed else 0


if __name__ == "__main__":
    sys.exit(main())
