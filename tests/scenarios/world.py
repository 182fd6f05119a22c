"""A small world to send requests to: a town of few branches, an account for every role, a server.

    CITY ─┬─ EAST ─┬─ E1 … E9   branches of a few members each: E1P1, E1P2 …
          │        └─ E10 … E16 without members, to be moved, renamed, ended
          └─ WEST ─── W1, W2

Codes of organisations and numbers of members are the names under which scenarios know their ids.
"""

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import totp
from client import Client

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "oracle"))
from identity import citizen_id  # noqa: E402

PASSWORD = "a long enough sentence"
START_S = 20
STOP_S = 20

# Logins, each with a role, where it is held, and the member whom the account belongs to. Scenarios
# and the walk know them by these names.
ACCOUNTS = (
    ("chief", "secretary", "CITY", None),
    ("secretary", "secretary", "EAST", None),
    ("deputy", "deputy_secretary", "EAST", None),
    ("organiser", "organisation_member", "EAST", None),
    ("committee", "committee_member", "E1", None),
    ("staff", "higher_staff", "CITY", None),
    ("clerk", "data_clerk", "EAST", None),
    ("grid", "case_worker", "EAST", None),
    ("auditor", "auditor", "CITY", None),
    ("member", "member", "E1", "E1P1"),
    ("system", "system_admin", "", None),
    ("security", "security_admin", "", None),
    ("audit", "audit_admin", "", None),
    ("neighbour", "secretary", "WEST", None),
    ("subordinate", "secretary", "E1", None),
    ("unenrolled", "higher_staff", "CITY", None),
    ("nobody", None, "", None),
)
TWO_FACTORS = ("staff", "system", "security", "audit")
# Accounts without a password yet: each is somebody's to use up.
INVITED = ("spare", "leaver", "invited", "enrolling")


class Failed(Exception):
    """The world could not be made."""


def organisations():
    yield ["组织代码", "组织名称", "上级组织代码", "组织类别", "成立日期", "本届选举日期"]
    yield ["CITY", "样城市委", "", "党委", "1999-07-01", "2024-03-01"]
    yield ["EAST", "样城东街党工委", "CITY", "工委", "2001-07-01", "2024-03-01"]
    yield ["WEST", "样城西街党工委", "CITY", "工委", "2001-07-01", "2024-03-01"]
    for number in range(1, 17):
        yield [f"E{number}", f"东街第{number}支部", "EAST", "支部", "2010-07-01", "2019-05-10"]
    for number in (1, 2):
        yield [f"W{number}", f"西街第{number}支部", "WEST", "支部", "2010-07-01", "2025-05-10"]


SURNAMES = "王李张刘陈杨赵黄周吴"
GIVEN = ("建国", "秀英", "志强", "丽华", "文博")


def members():
    yield ["人员编号", "姓名", "公民身份号码", "人员类别", "组织代码", "入党日期", "转正日期", "手机号码"]
    branches = [f"E{number}" for number in range(1, 10)] + ["W1", "W2"]
    for place, branch in enumerate(branches):
        for number in range(1, 5):
            turn = place * 4 + number
            born = date(1960, 3, 1) + timedelta(days=turn * 211)
            joined = born + timedelta(days=26 * 366)
            yield [f"{branch}P{number}", SURNAMES[turn % 10] + GIVEN[turn % 5],
                   citizen_id(990101, born, turn), "正式党员", branch, joined,
                   joined + timedelta(days=366), f"1390000{turn:04d}"]


def posts():
    yield ["人员编号", "组织代码", "职务", "任职日期"]
    yield ["E1P1", "E1", "书记", "2024-03-01"]
    yield ["E2P1", "E2", "书记", "2024-03-01"]


def activities():
    yield ["组织代码", "活动类别", "日期", "主题", "参加人"]
    for code in ("E1", "E2", "EAST", "W1"):
        yield [code, "主题党日", "2026-05-11", f"{code}的主题党日", f"{code}P1"]


def dues():
    yield ["人员编号", "所属月份", "金额", "缴纳日期"]
    for number in (1, 2, 3):
        yield [f"E1P{number}", "2026-03", "12.50", "2026-03-20"]


# The published list beside the organisations: a made-up province, down to two communities.
DIVISIONS = {
    "provinces": (("99", "样省"),),
    "cities": (("9901", "样城市"),),
    "areas": (("990101", "东城区"), ("990102", "西城区")),
    "streets": (("990101001", "东街街道"), ("990101002", "长安街道")),
    "villages": (("990101001001", "红旗社区"), ("990101001002", "银行里社区")),
}


class World:
    """The town in a temporary folder, and the server that serves it."""

    payments = "sandbox"  # through whom dues are paid online

    def __init__(self, jishi, postgres=None, keep=False):
        self.jishi, self.postgres, self.keep = os.path.abspath(jishi), postgres, keep
        self.folder = Path(tempfile.mkdtemp(prefix="jishi-scenarios-"))
        self.environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder),
                            "JISHI_KEYS": str(self.folder / "keys")}
        self.environment.pop("JISHI_DB", None)
        self.known, self.clients, self.authenticators = {"password": PASSWORD}, {}, {}
        self.server = self.port = None

    def __enter__(self):
        try:
            self.fill()
            self.start()
            self.learn()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    # --- the command line ---------------------------------------------------------------------

    def command(self, *words):
        place = ["--data", str(self.folder / "data"), "--lang", "en"]
        if self.postgres:
            place += ["--db", self.postgres]
        return [self.jishi, *place, *words]

    def run(self, *words):
        done = subprocess.run(self.command(*words), env=self.environment, cwd=self.folder,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=120,
                              check=False)
        if done.returncode != 0:
            raise Failed(f"{' '.join(words)}: exit {done.returncode}: "
                         f"{(done.stderr or done.stdout).decode()[:500]}")
        return done.stdout.decode()

    def fill(self):
        """Imports the town, and makes the accounts."""
        files = []
        for rows in (organisations, members, posts, activities, dues):
            files.append(self.folder / f"{rows.__name__}.csv")
            self.write(files[-1], rows())
        self.run("import", *map(str, files))
        for level, rows in DIVISIONS.items():
            self.write(self.folder / "divisions" / f"{level}.csv", [("code", "name"), *rows])
        self.run("structure", "load", "division", str(self.folder / "divisions"))
        # The top of a structure is above everybody's scope: only here can one be placed.
        for structure in ("grid", "region"):
            self.run("do", "registry.move_organisation", json.dumps(
                {"organisation": "CITY", "parent": 0, "structure": structure, "on": "2019-01-01"}))
        for login, role, place, person in ACCOUNTS:
            self.run("user", "add", login, *(["--person", person] if person else []))
            if role:
                self.run("user", "grant", login, role, *([place] if place else []))
        for login in INVITED:
            self.run("user", "add", login)
        self.run("user", "grant", "enrolling", "higher_staff", "CITY")
        # No account has a password from the start: a link is what lets each in.
        self.links = {login: self.link(login)
                      for login in [*INVITED, *(account[0] for account in ACCOUNTS)]}

    @staticmethod
    def write(path, rows):
        path.parent.mkdir(exist_ok=True)
        with open(path, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)

    def link(self, login):
        return re.search(r"/signin/once/(\w+)", self.run("user", "link", login)).group(1)

    # --- the server ---------------------------------------------------------------------------

    def boundary(self):
        """A map of one area, with what is not to be given out."""
        square = [[[110, 20], [111, 20], [111, 21], [110, 20]]]
        area = {"type": "Feature", "properties": {"code": "EAST", "name": "东街", "colour": "red"},
                "geometry": {"type": "Polygon", "coordinates": square}}
        path = self.folder / "boundary.json"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [area]}), "utf-8")
        return path

    def start(self):
        log = self.folder / "serve.log"
        with open(log, "w", encoding="utf-8") as output:
            self.server = subprocess.Popen(
                self.command("serve", "--port", "0", "--rate", "0", "--web", "",
                             "--payments", self.payments,
                             "--boundary", str(self.boundary())),
                env=self.environment,
                cwd=self.folder, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        until = time.monotonic() + START_S
        while time.monotonic() < until:
            if match := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text("utf-8")):
                self.port = int(match.group(1))
                return
            if self.server.poll() is not None:
                break
            time.sleep(0.02)
        raise Failed(f"the server did not start: {log.read_text('utf-8')[:500]}")

    def stop(self):
        """Stops the server as a person would; None, or what was wrong with its end."""
        server, self.server = self.server, None
        if server is None:
            return None
        if server.poll() is not None:
            return f"the server had ended by itself: exit {server.returncode}"
        server.send_signal(signal.SIGTERM)
        try:
            status = server.wait(STOP_S)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
            return f"the server did not stop within {STOP_S} s"
        return None if status == 0 else f"the server ended with exit {status}"

    def close(self):
        self.stop()
        if self.keep:
            print(f"kept: {self.folder}", file=sys.stderr)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    # --- who is there -------------------------------------------------------------------------

    def stranger(self):
        return Client(self.port)

    def learn(self):
        """Lets everybody sign in, and learns the ids of organisations, members and accounts."""
        for login, *_ in ACCOUNTS:
            self.clients[login] = self.enter(login)
        for login in TWO_FACTORS:
            self.authenticators[login] = totp.enrol(self.clients[login], PASSWORD)
            self.known[f"secret_of_{login}"] = self.authenticators[login].secret
        for login in INVITED:
            self.known[f"link_of_{login}"] = self.links[login]
        self.learn_below(self.clients["chief"])
        self.learn_accounts(self.clients["system"])

    def enter(self, login):
        """Signs in by the link of an account, which is used up."""
        client = self.stranger()
        answer = client.send("POST", "/api/v1/sessions/by-link",
                             {"token": self.links[login], "password": PASSWORD})
        if answer.status != 201:
            raise Failed(f"{login} cannot sign in: {answer.status} {answer.body[:300]}")
        client.enter(answer)
        return client

    def enter_again(self, login):
        """One more session of an account, by its password and a recovery code."""
        client, body = self.stranger(), {"login": login, "password": PASSWORD}
        if login in self.authenticators:
            body["code"] = self.authenticators[login].recovery_codes.pop()
        answer = client.send("POST", "/api/v1/sessions", body)
        if answer.status != 201:
            raise Failed(f"{login} cannot sign in again: {answer.status} {answer.body[:300]}")
        client.enter(answer)
        return client

    def learn_below(self, chief):
        waiting = ["/api/v1/organisations"]
        while waiting:
            for found in read(chief, waiting.pop() + "?limit=200")["items"]:
                self.known[found["code"]] = found["organisation"]
                if found["children"]:
                    waiting.append(f"/api/v1/organisations/{found['organisation']}/children")
        page = read(chief, f"/api/v1/organisations/{self.known['CITY']}/members?limit=200")
        for found in page["items"]:
            self.known[found["number"]] = found["person"]

    def learn_accounts(self, system):
        for found in read(system, "/api/v1/accounts?limit=200")["items"]:
            self.known[f"account_of_{found['login']}"] = found["id"]

    def expire(self, login):
        """Makes the latest session of an account as old as one that nobody used since yesterday.

        It must not have been used: the server knows in memory those that were.
        """
        sessions = read(self.clients[login], "/api/v1/sessions")["items"]
        session = max(sessions, key=lambda one: int(one["made"]))["id"]
        self.change_store("update identity_session set last_used = last_used - 86400000,"
                          f" made = made - 86400000 where id = {session}")

    def age(self, task, days):
        """Makes a task of the procedures as old as one that came up so many days earlier."""
        self.change_store(f"update workflow_task set opened = opened - {days * 86400000}"
                          f" where id = {task}")

    def change_store(self, statement):
        if self.postgres:
            subprocess.run(["psql", "-q", "-d", self.postgres, "-c", statement],
                           check=True)
        else:
            self.change_sqlite(statement)

    def change_sqlite(self, statement):
        """Changes the file behind the program's back."""
        with sqlite3.connect(self.folder / "data/jishi.sqlite", timeout=10) as connection:
            connection.execute(statement)
        connection.close()


class EmptyWorld(World):
    """A server of an empty store, and the account with which somebody signs in first."""

    payments = "off"

    def __init__(self, jishi, postgres=None, keep=False):
        super().__init__(jishi, postgres and re.sub(r"/\w+\?", "/empty?", postgres), keep)
        if postgres:
            # That of the scenario before is over.
            subprocess.run(["psql", "-q", "-d", postgres, "-c", "drop database if exists empty",
                            "-c", "create database empty"], check=True)

    def fill(self):
        self.links = {}

    def learn(self):
        log, until = self.folder / "serve.log", time.monotonic() + START_S
        while not (match := re.search(r"/signin/once/(\w+)", log.read_text("utf-8"))):
            if time.monotonic() >= until:
                raise Failed(f"the server gave no first link: {log.read_text('utf-8')[:500]}")
            time.sleep(0.02)
        self.links["first"] = match.group(1)
        self.clients["first"] = self.enter("first")


def read(client, path):
    answer = client.send("GET", path)
    if answer.status != 200:
        raise Failed(f"GET {path}: {answer.status} {answer.body[:300]}")
    return answer.json
