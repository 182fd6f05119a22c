"""Many who write at once, each sending a command again, by its Idempotency-Key, until it is
answered; and the book of what was sent and what was answered."""

import http.client
import json
import threading
import time
from collections import Counter
from dataclasses import dataclass

from common import Wrong

PAUSE_S = 0.05  # before what was refused for the moment is sent again
PATIENCE_S = 30


@dataclass
class Command:
    """A theme day of a branch, under a topic that no other has."""

    key: str
    branch: int
    day: str
    answer: dict = None

    @property
    def path(self):
        return f"/api/v1/organisations/{self.branch}/activities"

    @property
    def body(self):
        return json.dumps({"kind": "theme_day", "held_on": self.day, "topic": self.key}).encode()


class Line:
    """A connection that is kept alive, of somebody who has signed in."""

    def __init__(self, client):
        self.client, self.connection = client, None

    def send(self, command):
        """(status, headers, answer) of a command. OSError or HTTPException when it is lost."""
        if self.connection is None:
            self.connection = http.client.HTTPConnection("127.0.0.1", self.client.port,
                                                         timeout=PATIENCE_S)
        try:
            self.connection.request("POST", command.path, command.body, {
                "Content-Type": "application/json", "Cookie": self.client.cookie,
                "X-CSRF-Token": self.client.csrf, "Idempotency-Key": command.key})
            answer = self.connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            self.close()
            raise
        if answer.will_close:
            self.close()
        return answer.status, answer.headers, json.loads(body) if body else None

    def close(self):
        if self.connection is not None:
            self.connection.close()
        self.connection = None


def complaint_of(status, headers, answer):
    """What is wrong with the refusal of a command that nothing is wrong with, or None."""
    if status != 503:
        return f"answered {status}: {answer}"
    if not headers.get("Retry-After", "").isdigit():
        return f"503 without Retry-After: {answer}"
    if headers.get_content_type() != "application/problem+json" or not answer.get("code"):
        return f"503 without a problem: {answer}"
    return None


class Writers:
    """They record theme days in a city's branches from start() to stop()."""

    def __init__(self, city, count=64):
        self.city, self.count = city, count
        self.commands = {}  # by key
        self.besides = set()  # topics that were there before
        self.refused = Counter()  # by code, of the refusals that are in order
        self.lost = 0  # connections that broke before their answer
        self.complaints = []
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.threads = []
        self.answered = 0

    def start(self):
        self.stopping.clear()
        self.threads = [threading.Thread(target=self.work, args=(place,), daemon=True)
                        for place in range(self.count)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        """Lets each finish what it waits for; what is still owed stays in the book."""
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def hold(self):
        """Wrong when an answer was not as it must be."""
        if self.complaints:
            raise Wrong(f"{len(self.complaints)} wrong answers, first: {self.complaints[0]}")

    def owed(self):
        return [command for command in self.commands.values() if command.answer is None]

    def next(self, place):
        with self.lock:
            number = len(self.commands) + 1
            branches = self.city.branches
            command = Command(f"k{number}-{place}", branches[number % len(branches)],
                              self.city.today(1 + number % 3))
            self.commands[command.key] = command
        return command

    def work(self, place):
        line = Line(self.city.chief)
        while not self.stopping.is_set():
            self.finish(line, self.next(place))
        line.close()

    def finish(self, line, command):
        """Sends a command until it is answered, or until it is time to stop."""
        while True:
            try:
                if self.note(command, *line.send(command)):
                    return
            except (OSError, http.client.HTTPException):
                with self.lock:
                    self.lost += 1
            if self.stopping.wait(PAUSE_S):
                return

    def note(self, command, status, headers, answer):
        """Whether that was the last word on it."""
        if status == 201 and answer["outcome"] == "created":
            with self.lock:
                command.answer = answer
                self.answered += 1
            return True
        complaint = complaint_of(status, headers, answer)
        with self.lock:
            if complaint:
                self.complaints.append(complaint)
            else:
                self.refused[answer["code"]] += 1
        return bool(complaint)

    def add(self, count):
        """So many more commands, one after the other."""
        for _ in range(count):
            self.next(0)
        self.settle()

    def settle(self):
        """Sends what is owed until all of it is answered; the server runs."""
        self.stopping.clear()
        patience = threading.Timer(PATIENCE_S, self.stopping.set)
        patience.start()
        line = Line(self.city.chief)
        for command in self.owed():
            self.finish(line, command)
        patience.cancel()
        if owed := self.owed():
            raise Wrong(f"{len(owed)} commands are not answered")
        line.close()
        self.hold()

    # --- what became of it --------------------------------------------------------------------

    def hold_present(self):
        """Each command that was answered is there once, what is owed at most once, and nothing
        else: in what the server lists, and in the ledger."""
        listed = [(row["topic"], row["id"]) for row in
                  self.city.pages(f"/api/v1/organisations/{self.city.top}/activities"
                                  "?fields=id,topic")]
        times = Counter(topic for topic, _ in listed)
        twice = [topic for topic, count in times.items() if count > 1]
        if twice:
            raise Wrong(f"there more than once: {twice[:5]}")
        ids = dict(listed)
        missing = [command.key for command in self.commands.values()
                   if command.answer and ids.get(command.key) != command.answer["activity"]]
        if missing:
            raise Wrong(f"{len(missing)} answered commands are not there: {missing[:5]}")
        strange = set(times) - set(self.commands) - self.besides
        if strange:
            raise Wrong(f"nobody sent: {sorted(strange)[:5]}")
        kinds = dict(self.city.rows("select kind, count(*) from ledger_fact"
                                    " where kind between 40 and 49 group by kind"))
        if kinds != {"40": str(len(listed))}:
            raise Wrong(f"{len(listed)} activities, but facts by kind: {kinds}")

    def hold_answers(self, most=200):
        """Sent once more, commands are answered as the first time."""
        line = Line(self.city.chief)
        answered = [command for command in self.commands.values() if command.answer]
        for command in answered[-most:]:
            status, _, answer = line.send(command)
            if status != 201 or answer != command.answer:
                raise Wrong(f"{command.key}: first {command.answer}, then {status} {answer}")
        line.close()
