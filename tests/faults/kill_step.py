#!/usr/bin/python3
"""kill -9 between the steps of cases and what their service tasks do: both are there, or neither.

Run: kill_step.py --jishi PATH [--rounds 2] [--seed 1] [--members 60] [--cases 200]

Each case has a task whose approval has the program issue a numbered letter. The server is killed
while they are approved; each approval is sent again, with its key, until it is answered. Then each
case has exactly one letter, the numbers have no gap, and the ledger verifies.
"""

import http.client
import json
import os
import random
import shutil
import threading

from common import Tally, Wrong, parse_arguments
from serving import cities, until
from writers import PAUSE_S

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
PROCESS = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:jishi="urn:jishi:process" targetNamespace="urn:t"><process id="numbered">
<startEvent id="s"/><userTask id="t" jishi:role="secretary" jishi:at="organisation"/>
<serviceTask id="issue" jishi:operation="registry.issue_letter"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
<sequenceFlow id="f2" sourceRef="t" targetRef="issue"/>
<sequenceFlow id="f3" sourceRef="issue" targetRef="e"/></process></definitions>"""
WORKERS = 16


def own_pack(city):
    """A copy of the pack with one process of this test."""
    pack = os.path.join(city.root, "pack")
    shutil.copytree(os.path.join(ROOT, "packs", "party"), pack)
    shutil.rmtree(os.path.join(pack, "processes"), ignore_errors=True)
    os.makedirs(os.path.join(pack, "processes"))
    with open(os.path.join(pack, "processes", "numbered.bpmn"), "w", encoding="utf-8") as file:
        file.write(PROCESS)
    city.environment["JISHI_PACK"] = pack


class Approvals:
    """Tasks that are approved by many at once, each until it is answered."""

    def __init__(self, city):
        self.city, self.waiting, self.done, self.lost = city, [], 0, 0
        self.complaints, self.lock, self.stopping = [], threading.Lock(), threading.Event()
        self.threads = []

    def begin(self, count, person):
        for _ in range(count):
            answer = self.city.chief.send("POST", f"/api/v1/organisations/{self.city.top}/cases", {
                "process": "numbered", "person": person, "variables": {
                    "receiving_committee": str(self.city.branches[0]),
                    "letter": {"issued_on": "2026-03-01", "expires_on": "2026-05-01"}}})
            if answer.status != 201:
                raise Wrong(f"no case begins: {answer.status} {answer.body[:300]}")
            self.waiting.append(answer.json["opened"][0])

    def start(self):
        self.stopping.clear()
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(WORKERS)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join()
        if self.complaints:
            raise Wrong(f"{len(self.complaints)} wrong answers, first: {self.complaints[0]}")

    def finish(self):
        """Sends again what nobody answered."""
        self.start()
        until(lambda: not self.waiting or self.complaints, "every approval is answered")
        self.stop()

    def work(self):
        while not self.stopping.is_set():
            with self.lock:
                if not self.waiting:
                    return
                task = self.waiting.pop()
            if not self.approve(task):
                with self.lock:
                    self.waiting.append(task)
                self.stopping.wait(PAUSE_S)

    def approve(self, task):
        try:
            answer = self.city.chief.send("POST", f"/api/v1/tasks/{task}/actions",
                                          json.dumps({"verb": "approve"}).encode(),
                                          {"Idempotency-Key": f"approve-{task}",
                                           "Content-Type": "application/json"})
        except (OSError, http.client.HTTPException):
            self.lost += 1
            return False
        if answer.status == 503:
            return False
        with self.lock:
            self.done += 1
            if answer.status != 200 or answer.json["status"] != "completed":
                self.complaints.append(f"{answer.status} {answer.body[:300]}")
        return True


def hold(city, cases):
    """One letter a case, numbered without a gap; every case is over."""
    (letters, of_cases, last), = city.rows(
        "select count(*), count(distinct case_id), coalesce(max(number), 0) from workflow_letter")
    if not letters == of_cases == last == str(cases):
        raise Wrong(f"{cases} cases, but {letters} letters of {of_cases} cases up to {last}")
    (over,), = city.rows("select count(*) from workflow_case where status = 'completed'")
    (open_tasks,), = city.rows("select count(*) from workflow_task where state = 'open'")
    (desks,), = city.rows("select count(*) from workflow_desk")
    if (over, open_tasks, desks) != (str(cases), "0", "0"):
        raise Wrong(f"{over} of {cases} cases are over, {open_tasks} tasks open, {desks} on desks")


def kill_round(city, approvals, cases, chance):
    page = city.read(f"/api/v1/organisations/{city.top}/members?limit=1")
    approvals.begin(cases, page["items"][0]["person"])
    wanted = approvals.done + chance.randint(1, cases - 1)
    approvals.start()
    until(lambda: approvals.done >= wanted or approvals.complaints, "some are approved")
    city.kill()
    approvals.stop()
    city.verify()
    city.serve()
    approvals.finish()


def rounds(city, arguments, tally):
    own_pack(city)
    city.serve()
    approvals, chance = Approvals(city), random.Random(arguments.seed)
    for number in range(1, arguments.rounds + 1):
        tally.test(f"{city.engine}: killed in round {number}", kill_round, city, approvals,
                   arguments.cases, chance)
        tally.test(f"{city.engine}: one letter a case after round {number}", hold, city,
                   number * arguments.cases)
    city.stop()
    city.verify()


def main():
    arguments = parse_arguments(__doc__, rounds=2, seed=1, members=60, cases=200)
    tally = Tally()
    with cities(arguments.jishi, arguments.members, tally) as made:
        for city in made:
            tally.test(f"{city.engine}: the rounds as a whole", rounds, city, arguments, tally)
    tally.close()


if __name__ == "__main__":
    main()
