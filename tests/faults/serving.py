"""A city that is served over HTTP, on SQLite or on PostgreSQL, and can be broken meanwhile."""

import csv
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager

from common import Place, Wrong, folder
from postgres import Postgres, programs
from workbooks import make_workbooks

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "scenarios"))
from client import Client, multipart  # noqa: E402

START_S = 60
STOP_S = 30
PASSWORD = "a long enough sentence"
LOGINS = ("chief", "deputy")  # of one alone, the server's start would void the link
TOP = "900"  # the committee above all branches of workbooks.py


def until(holds, what, seconds=60):
    """Waits until `holds()` is true and returns what it returned; Wrong when it stays untrue."""
    end = time.monotonic() + seconds
    while not (found := holds()):
        if time.monotonic() > end:
            raise Wrong(f"not within {seconds} s: {what}")
        time.sleep(0.02)
    return found


class City(Place):
    """A city on one store, its secretary, and the server."""

    def __init__(self, program, root, postgres=None):
        super().__init__(program, root)
        self.postgres, self.database = postgres, "city"
        self.engine = "PostgreSQL" if postgres else "SQLite"
        self.environment.pop("JISHI_DB", None)
        self.log = os.path.join(root, "serve.log")
        self.process = self.port = None
        self.people = {}  # secretaries of the whole who have signed in, by login
        self.chief = Client(None)  # the first of them
        self.ids = {}  # organisations by their codes
        self.top = None  # the one above all others

    # --- the command line ---------------------------------------------------------------------

    def words(self, *words, data=None):
        """A command on the city's store; `data`: with another folder for what is not in it."""
        place = ["--data", data or self.data, "--lang", "en"]
        if self.postgres:
            place += ["--db", self.postgres.url(self.database)]
        return [*place, *words]

    def do(self, *words, status=0, data=None):
        return self.run(*self.words(*words, data=data), status=status)

    def verify(self):
        self.do("verify")

    def fill(self, members, logins=LOGINS):
        """Imports a city of so many members, lets its secretaries sign in, learns ids."""
        files = make_workbooks(self.root, members)
        if self.postgres:
            self.postgres.make_database(self.database)
        self.do("import", *files.first, *files.bigger)
        self.let_in(logins, TOP)

    def let_in(self, logins, place):
        """Makes secretaries of a place (None: of all there is), and lets them sign in."""
        links = {}
        for login in logins:
            self.do("user", "add", login)
            self.do("user", "grant", login, "secretary", *([place] if place else []))
            links[login] = self.do("user", "link", login).output.decode()
        self.serve()
        for login, link in links.items():
            self.people[login] = self.sign_in(re.search(r"/signin/once/(\w+)", link).group(1))
        self.chief = self.people[logins[0]]
        self.top = self.read("/api/v1/organisations")["items"][0]["organisation"]
        self.stop()
        self.ids = {code: int(number) for code, number in
                    self.rows("select code, id from registry_organisation")}

    def sign_in(self, token):
        """Whoever was given a one-time link, signed in."""
        client = Client(self.port)
        answer = client.send("POST", "/api/v1/sessions/by-link",
                             {"token": token, "password": PASSWORD})
        if answer.status != 201:
            raise Wrong(f"nobody can sign in: {answer.status} {answer.body[:300]}")
        client.enter(answer)
        return client

    def activities_file(self, count, topic):
        """A workbook of so many activities of the branches: (its path, their topics)."""
        path = os.path.join(self.root, "activities.csv")
        topics = [f"第{number}次{topic}" for number in range(count)]
        codes = sorted(set(self.ids) - {TOP})
        with open(path, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["组织代码", "活动类别", "日期", "主题"])
            for number, name in enumerate(topics):
                rows.writerow([codes[number % len(codes)], "主题党日", self.today(30), name])
        return path, set(topics)

    @property
    def branches(self):
        return [number for code, number in sorted(self.ids.items()) if code != TOP]

    def rows(self, sql):
        """The rows of a query on the store itself, as tuples of texts."""
        if self.postgres:
            return self.postgres.query(self.database, sql)
        connection = sqlite3.connect(os.path.join(self.data, "jishi.sqlite"), timeout=30)
        try:
            return [tuple(map(str, row)) for row in connection.execute(sql)]
        finally:
            connection.close()

    # --- the server ---------------------------------------------------------------------------

    def serve(self, *options, **popen):
        with open(self.log, "ab") as log:
            before = log.tell()
            self.process = subprocess.Popen(
                [self.program, *self.words("serve", "--port", "0", "--rate", "0", *options)],
                env=self.environment, cwd=self.root, stdin=subprocess.DEVNULL, stdout=log,
                stderr=log, **popen)

        def address():
            if self.process.poll() is not None:
                raise Wrong(f"the server ended by itself with {self.process.returncode}: "
                            f"{self.said(before)}")
            return re.search(r"http://127\.0\.0\.1:(\d+)", self.said(before))

        self.port = int(until(address, "the server says its address", START_S).group(1))
        for client in (self.chief, *self.people.values()):
            client.port = self.port

    def said(self, since=0):
        with open(self.log, "rb") as log:
            log.seek(since)
            return log.read().decode("utf-8", "replace")

    def kill(self):
        """kill -9, as a power failure would end it."""
        if self.process.poll() is not None:
            raise Wrong(f"the server had ended by itself: {self.said()[-600:]}")
        self.process.kill()
        self.process.wait()
        self.process = None

    def stop(self, within=STOP_S):
        """Asks the server to end; Wrong unless it does so in good order."""
        process, self.process = self.process, None
        if process is None:
            return
        early = process.poll() is not None
        process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(within)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Wrong(f"the server did not stop within {within} s") from None
        if early or status != 0:
            raise Wrong(f"the server ended {'by itself ' if early else ''}with {status}: "
                        f"{self.said()[-600:]}")

    def close(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def begin_import(self, path):
        """Uploads a workbook; returns the address of its job, once that has begun."""
        with open(path, "rb") as file:
            body, kind = multipart([], [("files", os.path.basename(path), file.read())])
        answer = self.chief.send("POST", f"/api/v1/organisations/{self.top}/imports", body,
                                 {"Content-Type": kind})
        job = f"/api/v1/jobs/{answer.json['id']}"
        until(lambda: self.read(job)["state"] != "waiting", "the import has begun")
        return job

    def end_import(self, job):
        until(lambda: self.read(job)["state"] not in ("waiting", "running"), "the import is over")
        if (shown := self.read(job))["state"] != "done":
            raise Wrong(f"the import was not done: {shown}")

    # --- what it says -------------------------------------------------------------------------

    def read(self, path):
        answer = self.chief.send("GET", path)
        if answer.status != 200:
            raise Wrong(f"GET {path}: {answer.status} {answer.body[:300]}")
        return answer.json

    def pages(self, path):
        """The items of a whole list, page after page."""
        path += ("&" if "?" in path else "?") + "limit=200"
        page = self.read(path)
        while True:
            yield from page["items"]
            if not page["next"]:
                return
            page = self.read(f"{path}&after={page['next']}")

    def ready(self):
        return Client(self.port).send("GET", "/readyz").status == 200

    def metric(self, name):
        text = Client(self.port).send("GET", "/metrics").body.decode()
        return float(re.search(rf"^{name} (\S+)$", text, re.MULTILINE).group(1))

    def caught_up(self):
        return self.metric("jishi_lights_behind") == 0

    def catch_up(self):
        until(self.ready, "the server is ready")
        until(self.caught_up, f"the lights have caught up: {self.said()[-300:]}")

    def shown_lights(self):
        """The lights that the server shows, in an order of its own."""
        return sorted((light["rule"], light["code"], light["level"], str(light["since"]),
                       str(light["due"]))
                      for light in self.pages(f"/api/v1/organisations/{self.top}/lights"))

    def without_marts(self, other):
        """A data folder in the folder `other` with the store as it is now, and nothing else."""
        data = os.path.join(other, "data")
        os.makedirs(data)
        if not self.postgres:
            for name in os.listdir(self.data):
                if name.startswith("jishi.sqlite"):
                    shutil.copy(os.path.join(self.data, name), data)
        return data

    def lights_afresh(self):
        """The lights of today from marts that are made anew; the server is not running."""
        with folder() as other:
            lights = self.do("--json", "lights", "--as-of", self.today(),
                             data=self.without_marts(other)).lines()
        return sorted((light["rule"], light["subject"], light["level"], str(light["since"]),
                       str(light["due"])) for light in lights)

    @staticmethod
    def today(back=0):
        """The day in China, or so many days before it."""
        return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 8 * 3600 - back * 86400))

    def hold_lights(self):
        """What the running server shows is what a store with new marts says; stops it."""
        self.catch_up()
        shown = self.shown_lights()
        self.stop()
        afresh = self.lights_afresh()
        if not shown or shown != afresh:
            few = sorted(set(shown) ^ set(afresh))[:3]
            raise Wrong(f"{len(shown)} lights shown, {len(afresh)} afresh; for instance {few}")


@contextmanager
def cities(program, members, tally, only=""):
    """Cities of so many members, one on each store that there is; nobody serves them yet."""
    with folder() as root, ExitStack() as ends:
        os.chmod(root, 0o711)
        made = []
        if only != "PostgreSQL":
            made.append(City(program, os.path.join(root, "city")))
        if only != "SQLite" and programs():
            server = ends.enter_context(Postgres(os.path.join(root, "postgres")))
            made.append(City(program, os.path.join(root, "beside"), server))
        elif only != "SQLite":
            tally.skip("on PostgreSQL", "PostgreSQL is not installed")
        for city in made:
            ends.callback(city.close)
            city.fill(members)
        yield made
