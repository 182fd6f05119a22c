#!/usr/bin/python3
"""Walks every operation of the OpenAPI document as everybody: what they may do lets them in, the
rest is refused as it must be. Outside the scope is 404, as what is not there.

Run: tests/scenarios/walk.py --jishi build/release/jishi [--postgres URL] [--keep]

Ids of addresses come from TARGETS by the name of the parameter; one without an entry fails. Closes
with 'N passed, N failed'; exit 0 when none failed, else 1.
"""

import argparse
import json
import re
import sys
import time

from client import multipart
from document import Document
from world import ACCOUNTS, World, read

SEE = "registry.read"
# What the gate says to those it does not let in; any other answer comes from behind it.
REFUSED = {"api.sign_in", "api.forbidden", "api.not_found", "identity.session_ended",
           "identity.csrf_missing", "identity.credential_unknown"}
NO_SUCH = "4611686018427387904"

# Ids by the parameter's name: at a branch, and at the organisation above it. Names that are the
# same everywhere, or of which none needs to be there, stand in COMMON.
TARGETS = {
    "branch": {"organisation": "E1", "parent": "E1", "into": "E1", "person": "E1P1",
               "keep": "E1P1",
               "activity": "activity_of_E1", "job": "job_of_E1", "command": "command_of_E1",
               "conflict": "conflict_of_E1", "case": "case_of_E1",
               "box": "box_of_E1", "dispatch": "dispatch_of_E1"},
    "above": {"organisation": "EAST", "parent": "EAST", "into": "EAST", "person": "E2P1",
              "keep": "E2P1",
              "activity": "activity_of_EAST", "job": "job_of_EAST", "command": "command_of_EAST",
              "conflict": "conflict_of_EAST", "case": "case_of_EAST",
              "box": "box_of_EAST", "dispatch": "dispatch_of_EAST"},
}
COMMON = {"account": "account_of_spare", "session": NO_SUCH, "token": NO_SUCH, "grant": NO_SUCH,
          "access": NO_SUCH, "other": NO_SUCH, "rebuild": NO_SUCH, "drop": NO_SUCH,
          "module": "orglife", "kind": "members", "sheet": "0", "row": "2",
          "rule": "theme_day", "name": "warn_days", "once": "0" * 64, "feed": "0" * 64,
          "division": "110101", "verification": NO_SUCH, "setting": "rate",
          "task": NO_SUCH, "group": NO_SUCH, "definition": NO_SUCH, "code": "0" * 32,
          "element": "t", "material": NO_SUCH, "order": NO_SUCH, "provider": "sandbox",
          "about": "organisation", "object": NO_SUCH, "note": NO_SUCH}
# They end the session they come by, or write without a body: each comes by a session of its own.
ENDS_SESSION = {"identity.sign_out", "identity.sign_out_everywhere"}
# A process of one task: what a case of each organisation goes by.
PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 targetNamespace="urn:t">
<process id="walked"><startEvent id="s"/><userTask id="t"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
<sequenceFlow id="f2" sourceRef="t" targetRef="e"/></process></definitions>"""
MAKER = "chief"  # of every record above: what is its own is nobody else's
BELOW = {"CITY": {"E1", "EAST", "E2"}, "EAST": {"E1", "EAST", "E2"}, "E1": {"E1"}, "WEST": set()}
PLACES = {"branch": {"person": "E1"}, "above": {"person": "E2"}}


class Walk:
    def __init__(self, world, document):
        self.world, self.document = world, document
        self.passed = self.failed = 0
        shown = read(world.clients["chief"], "/api/v1/roles")["items"]
        self.roles = {role["role"]: role for role in shown}
        self.permissions = {name for role in shown for name in role["permissions"]}

    def add(self, name, problem):
        if problem:
            self.failed += 1
            print(f"{name}: {problem}", flush=True)
        else:
            self.passed += 1

    # --- what is there ------------------------------------------------------------------------

    def prepare(self):
        """Records of the branch and of the organisation above: what ids of records stand for."""
        chief, known = self.world.clients[MAKER], self.world.known
        self.world.clients["system"].send("POST", "/api/v1/process-definitions", {"xml": PROCESS})
        for code in ("E1", "EAST"):
            case = chief.send("POST", f"/api/v1/organisations/{known[code]}/cases",
                              {"process": "walked"})
            known[f"case_of_{code}"] = case.json["case_id"]
            made = chief.send("POST", f"/api/v1/organisations/{known[code]}/activities",
                              {"kind": "theme_day", "held_on": "2026-06-01", "topic": code})
            known[f"activity_of_{code}"] = made.json["activity"]
            renamed = chief.send("POST", f"/api/v1/organisations/{known[code]}/names",
                                 {"name": f"{code}的新名称"})
            known[f"command_of_{code}"] = renamed.json["command"]
            body, kind = multipart([], [("files", "none.csv", "姓名\n".encode())])
            job = chief.send("POST", f"/api/v1/organisations/{known[code]}/imports", body,
                             {"Content-Type": kind})
            known[f"job_of_{code}"] = job.json["id"]
            box = chief.send("POST", f"/api/v1/organisations/{known[code]}/ballot-boxes",
                             {"title": code, "candidates": [known["E1P1"]], "seats": 1, "codes": 2})
            known[f"box_of_{code}"] = box.json["box"]
            # Nobody sends a task to themselves.
            below = chief.send("POST", f"/api/v1/organisations/{known[code]}/children",
                               {"name": f"{code}所属支部", "kind": "branch", "code": f"{code}B"})
            receiver = below.json["organisations"][0]["organisation"]
            sent = self.world.clients["organiser"].send(
                "POST", f"/api/v1/organisations/{known[code]}/dispatches",
                {"title": code, "content": code, "basis": code, "until": "2099-01-01",
                 "minutes": 1, "organisations": [receiver]})
            known[f"dispatch_of_{code}"] = sent.json["id"]
        self.disagree(chief, known)

    def disagree(self, chief, known):
        """A second source calls both organisations otherwise: a conflict of each."""
        table = ("组织代码,组织名称,上级组织代码,组织类别\n"
                 "E1,东街第一支部,EAST,支部\nEAST,东街党工委,CITY,工委\n")
        body, kind = multipart([("source", "street")],
                               [("files", "党组织.csv", table.encode())])
        chief.send("POST", f"/api/v1/organisations/{known['CITY']}/imports", body,
                   {"Content-Type": kind})
        found = {}
        for _ in range(100):
            rows = read(chief, "/api/v1/conflicts")["items"]
            found = {row["subject"]: row["id"] for row in rows}
            if len(found) >= 2:
                break
            time.sleep(0.1)
        for code in ("E1", "EAST"):
            known[f"conflict_of_{code}"] = found[known[code]]

    def address(self, path, target):
        """The address with ids in it; raises KeyError for a parameter without an entry."""
        table = {**COMMON, **TARGETS[target]}
        return re.sub(r"\{(\w+)\}",
                      lambda match: self.world.known.get(table[match.group(1)],
                                                         table[match.group(1)]), path)

    # --- what is sent -------------------------------------------------------------------------

    def send(self, client, method, address, operation, headers=None):
        """A request that is refused behind the gate wherever it would change something."""
        body, headers = None, dict(headers or {})
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            body = {"no_such_member": 1}
        elif "multipart/form-data" in content:
            body, headers["Content-Type"] = multipart([("map", "=")], [])
        return client.send(method, address, body, headers)

    def seen(self, method, address, answer):
        """Which way an answer went: 'in', or the status of the refusal."""
        complaint = self.document.complaint(method, address, answer)
        if complaint or answer.status >= 500:
            return complaint or f"{answer.status} {answer.body[:200]}"
        return answer.status if answer.code in REFUSED else "in"

    # --- what is expected ---------------------------------------------------------------------

    def expected(self, login, operation, target):
        subject, permission = operation["x-subject"], operation.get("x-permission", "")
        if subject == "open":
            return "in"
        _, role, place, own = next(account for account in ACCOUNTS if account[0] == login)
        held = set(self.roles[role]["permissions"]) if role and login != "unenrolled" else set()
        reach = self.roles[role]["reach"] if role else "subtree"
        if subject == "own_record":
            return "in" if login == MAKER else 404
        if subject in ("account", "anywhere"):
            return "in" if not permission or permission in held else 403
        ids = TARGETS[target]
        if subject == "person" and own and ids["person"] == own:
            return "in" if permission in (SEE, "registry.unmask") else 403
        at = PLACES[target]["person"] if subject == "person" else ids["organisation"]
        covers = (at == place if reach == "own" else at in BELOW.get(place, ())) and reach != "self"
        if not covers or SEE not in held:
            return "in" if covers and permission in held else 404
        return "in" if permission in held else 403

    # --- the walk -----------------------------------------------------------------------------

    def operation(self, method, path, operation):
        name = f"{method} {path}"
        try:
            addresses = {target: self.address(path, target) for target in TARGETS}
        except KeyError as missing:
            self.add(name, f"no id for the parameter {missing}: give it one in TARGETS or COMMON")
            return
        permission = operation.get("x-permission", "")
        self.add(f"{name}: permission", "" if not permission or permission in self.permissions
                 else f"no role of the pack holds {permission}")
        for login, *_ in ACCOUNTS:
            client = self.world.clients[login]
            for target, address in addresses.items():
                if operation["operationId"] in ENDS_SESSION:
                    client = self.world.enter_again(login)
                wanted = self.expected(login, operation, target)
                found = self.seen(method, address, self.send(client, method, address, operation))
                self.add(f"{name} as {login}, {target}",
                         "" if found == wanted else f"{found}, expected {wanted}")
                if operation["operationId"] in ENDS_SESSION:
                    break
        self.without_session(name, method, addresses["branch"], operation)

    def without_session(self, name, method, address, operation):
        """A stranger, a session that has expired, a write without its CSRF token."""
        wanted = "in" if operation["x-subject"] == "open" else 401
        for who, client in (("a stranger", self.world.stranger()), ("expired", self.expired)):
            found = self.seen(method, address, self.send(client, method, address, operation))
            self.add(f"{name} as {who}", "" if found == wanted else f"{found}, expected {wanted}")
        if method == "GET" or operation["x-subject"] == "open":
            return
        ended = operation["operationId"] in ENDS_SESSION
        client = self.world.stranger()
        client.cookies = dict((self.world.enter_again("chief") if ended
                               else self.world.clients["chief"]).cookies)
        answer = self.send(client, method, address, operation)
        self.add(f"{name} without CSRF token",
                 "" if (answer.status, answer.code) == (403, "identity.csrf_missing")
                 else f"{answer.status} {answer.code}")

    def outside_is_nothing(self):
        """What is outside the scope answers as what is not there, but for the request's number."""
        neighbour, known = self.world.clients["neighbour"], self.world.known
        for noun, code in (("organisations", "E1"), ("persons", "E1P1"), ("jobs", "job_of_E1"),
                           ("cases", "case_of_E1")):
            answers = [neighbour.send("GET", f"/api/v1/{noun}/{one}").json
                       for one in (known[code], NO_SUCH)]
            for answer in answers:
                answer.pop("request")
            self.add(f"{noun} of others", "" if answers[0] == answers[1] else str(answers))

    def walk(self):
        self.prepare()
        self.expired = self.world.enter_again("chief")
        self.world.expire("chief")
        self.outside_is_nothing()
        operations = list(self.document.operations())
        operations.sort(key=lambda entry: entry[2]["operationId"] in ENDS_SESSION)
        for method, path, operation in operations:
            self.operation(method, path, operation)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--postgres", metavar="URL", help="run on this PostgreSQL database")
    parser.add_argument("--keep", action="store_true", help="keep the folder of the server")
    arguments = parser.parse_args()
    with World(arguments.jishi, arguments.postgres, arguments.keep) as world:
        walk = Walk(world, Document(json.loads(world.run("openapi"))))
        walk.walk()
        walk.add("the server's end", world.stop())
    print(f"{walk.passed} passed, {walk.failed} failed")
    return 1 if walk.failed or not walk.passed else 0


if __name__ == "__main__":
    sys.exit(main())
