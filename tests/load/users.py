"""People who use a city by turns, many in one process: each sends a request at its time and waits
for the answer. How long answers took is kept by kind, in steps of five percent."""

import asyncio
import json
import math
import random
import time
from collections import Counter
from dataclasses import dataclass, field

STEP = math.log(1.05)
LEAST_S = 1e-5
PATIENCE_S = 30


class Times:
    """How often an answer took how long."""

    def __init__(self):
        self.counts = Counter()

    def add(self, seconds):
        self.counts[int(math.log(max(seconds, LEAST_S) / LEAST_S) / STEP)] += 1

    def join(self, other):
        self.counts.update(other.counts)

    def total(self):
        return sum(self.counts.values())

    def quantile_ms(self, share):
        """The time within which such a share was answered."""
        left = share * self.total()
        for step, count in sorted(self.counts.items()):
            left -= count
            if left <= 0:
                return 1000 * LEAST_S * math.exp((step + 1) * STEP)
        return 0.0


@dataclass
class Window:
    """What happened in some seconds, in one process."""

    times: dict = field(default_factory=dict)  # of answers, by kind of request
    wrong: Counter = field(default_factory=Counter)  # answers that must not be, by what they are

    def add(self, kind, seconds):
        self.times.setdefault(kind, Times()).add(seconds)

    def join(self, other):
        for kind, times in other.times.items():
            self.times.setdefault(kind, Times()).join(times)
        self.wrong.update(other.wrong)

    def all(self):
        whole = Times()
        for times in self.times.values():
            whole.join(times)
        return whole


@dataclass
class Town:
    """What whoever sends requests has to know; given to each process."""

    port: int
    cookie: str
    csrf: str
    persons: list
    branches: list
    names: list  # to be searched for, as they stand in an address
    month: str  # of payments
    day: str  # of activities


class Requests:
    """Makes requests: (kind, its bytes, the status that is expected)."""

    # Of a hundred requests.
    MIX = {"page": 62, "members": 11, "children": 4, "search": 5, "lights": 4, "activities": 3,
           "payment": 8, "activity": 3}

    def __init__(self, town, name):
        self.town, self.name, self.number = town, name, 0
        self.chance = random.Random(name)
        self.kinds, self.weights = list(self.MIX), list(self.MIX.values())
        self.session = f"Host: localhost\r\nCookie: {town.cookie}\r\n"

    def next(self):
        kind, = self.chance.choices(self.kinds, self.weights)
        return self.of(kind)

    def of(self, kind):
        return kind, *getattr(self, kind)()

    def get(self, path):
        return f"GET {path} HTTP/1.1\r\n{self.session}\r\n".encode(), 200

    def post(self, path, body):
        self.number += 1
        body = json.dumps(body)
        return (f"POST {path} HTTP/1.1\r\n{self.session}X-CSRF-Token: {self.town.csrf}\r\n"
                f"Idempotency-Key: {self.name}-{self.number}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body)}\r\n\r\n{body}").encode(), 201

    def person(self):
        return f"/api/v1/persons/{self.chance.choice(self.town.persons)}"

    def branch(self):
        return f"/api/v1/organisations/{self.chance.choice(self.town.branches)}"

    def page(self):
        return self.get(self.person())

    def members(self):
        return self.get(f"{self.branch()}/members?limit=50")

    def children(self):
        return self.get(f"{self.branch()}/children")

    def search(self):
        return self.get(f"/api/v1/search?q={self.chance.choice(self.town.names)}")

    def lights(self):
        return self.get(f"{self.branch()}/lights?limit=20")

    def activities(self):
        return self.get(f"{self.branch()}/activities?limit=20")

    def payment(self):
        # Cents tell it from the payments on record, which are of whole yuan.
        amount = f"{self.chance.randint(1, 400)}.{self.chance.randint(1, 99):02d}"
        return self.post(f"{self.person()}/payments", {"month": self.town.month, "amount": amount})

    def activity(self):
        return self.post(f"{self.branch()}/activities",
                         {"kind": "theme_day", "held_on": self.town.day,
                          "topic": f"{self.name}的第{self.number}次主题党日"})


class User:
    """One connection. With a pace it sends at its times and counts from them, however late it is;
    without one it sends as soon as it is answered."""

    def __init__(self, town, name, pace_s, offset_s):
        self.requests, self.port = Requests(town, name), town.port
        self.pace_s, self.offset_s = pace_s, offset_s
        self.window = Window()
        self.reader = self.writer = None

    def taken(self):
        window, self.window = self.window, Window()
        return window

    async def run(self, until):
        due = time.monotonic() + self.offset_s
        while True:
            now = time.monotonic()
            if self.pace_s and due > now:
                await asyncio.sleep(due - now)
            if time.monotonic() >= until:
                break
            await self.once(self.requests.next(), due if self.pace_s else time.monotonic())
            due += self.pace_s or 0
        if self.writer:
            self.writer.close()

    async def once(self, request, started):
        kind, request, expected = request
        try:
            status, body = await asyncio.wait_for(self.send(request), PATIENCE_S)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError) as error:
            self.window.wrong[f"{kind}: {error!r}"] += 1
            self.writer = None
            return
        if status != expected:
            self.window.wrong[f"{kind}: {status} {body[:200].decode('utf-8', 'replace')}"] += 1
        self.window.add(kind, time.monotonic() - started)

    async def send(self, request):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.writer.write(request)
        header = (await self.reader.readuntil(b"\r\n\r\n")).lower()
        length = int(header.partition(b"content-length:")[2].split()[0])
        body = await self.reader.readexactly(length)
        if b"\r\nconnection: close" in header:
            self.writer.close()
            self.writer = None
        return int(header[9:12]), body


async def each_once(town, name):
    """A user who sends one request of each kind: (how many, what was wrong with them)."""
    user = User(town, name, None, 0)
    for kind in Requests.MIX:
        await user.once(user.requests.of(kind), time.monotonic())
    if user.writer:
        user.writer.close()
    return len(Requests.MIX), user.window.wrong


class Reader:
    """Listens to events for a while, goes, and comes back where it was."""

    STAY_S = 30

    def __init__(self, town, chance):
        self.town, self.chance, self.last, self.heard = town, chance, None, 0

    async def run(self, until):
        while time.monotonic() < until:
            leave = min(until, time.monotonic() + self.chance.uniform(0.5, 1.5) * self.STAY_S)
            try:
                await asyncio.wait_for(self.listen(), max(0.1, leave - time.monotonic()))
            except asyncio.TimeoutError:
                pass
            except OSError:
                await asyncio.sleep(1)

    async def listen(self):
        resume = f"Last-Event-ID: {self.last}\r\n" if self.last else ""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.town.port)
        try:
            writer.write(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n"
                         f"Cookie: {self.town.cookie}\r\n{resume}\r\n".encode())
            while line := await reader.readline():
                if line.startswith(b"id: "):
                    self.last, self.heard = int(line[4:]), self.heard + 1
        finally:
            writer.close()


async def live(town, name, users, listeners, rate, seconds, tell, every_s):
    """Users at `rate` requests a second together (None: as many as they can), for so long."""
    until = time.monotonic() + seconds
    chance = random.Random(name)
    pace_s = users / rate if rate else None
    people = [User(town, f"{name}-{number}", pace_s, (pace_s or 0) * number / users)
              for number in range(users)]
    readers = [Reader(town, chance) for _ in range(listeners)]

    async def report():
        while time.monotonic() < until:
            await asyncio.sleep(min(every_s, max(0.0, until - time.monotonic())))
            window = Window()
            for person in people:
                window.join(person.taken())
            tell(window)

    await asyncio.gather(report(), *(one.run(until) for one in (*people, *readers)))


def work(town, name, users, listeners, rate, seconds, queue, every_s):
    """The body of a process; puts its windows into the queue, then None."""
    asyncio.run(live(town, name, users, listeners, rate, seconds, queue.put, every_s))
    queue.put(None)
