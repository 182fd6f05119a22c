"""A PostgreSQL server of the test's own: in a temporary folder, on a socket there."""

import glob
import os
import shutil
import signal
import subprocess
import time

from common import Wrong

START_S = 60  # recovery after a crash included
STOP_S = 30
# How it is asked to end: sessions are cut off (fast); or at once, as by a crash (immediate).
FAST, IMMEDIATE = signal.SIGINT, signal.SIGQUIT


def programs():
    """The folder of initdb and postgres, or None where they are not installed."""
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    return os.path.dirname(max(found, key=lambda path: int(path.split("/")[4]))) if found else None


class Postgres:
    """The server. `root` is a folder of its own that does not exist yet."""

    def __init__(self, root, *settings):
        self.root, self.bin, self.process = root, programs(), None
        self.data = os.path.join(root, "data")
        self.settings = ["listen_addresses=", "fsync=off", "max_connections=100", *settings]
        os.makedirs(root)
        # PostgreSQL refuses to be run by root: then everything of the server is its user's.
        self.as_server = []
        if os.getuid() == 0:
            self.as_server = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            shutil.chown(root, "postgres", "postgres")
            os.chmod(os.path.dirname(root), 0o711)
        subprocess.run([*self.as_server, f"{self.bin}/initdb", "-D", self.data, "-U", "jishi", "-A",
                        "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
                       check=True, stdout=subprocess.DEVNULL, cwd="/")
        self.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(IMMEDIATE)
        shutil.rmtree(self.root, ignore_errors=True)

    def start(self):
        words = [*self.as_server, f"{self.bin}/postgres", "-D", self.data, "-k", self.root]
        for setting in self.settings:
            words += ["-c", setting]
        with open(os.path.join(self.root, "server.log"), "ab") as log:
            self.process = subprocess.Popen(words, cwd="/", stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=log)
        end = time.monotonic() + START_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                raise Wrong(f"PostgreSQL does not start: {self.last_words()}")
            time.sleep(0.02)

    def answers(self):
        return subprocess.run([f"{self.bin}/pg_isready", "-q", "-h", self.root, "-U", "jishi"],
                              check=False).returncode == 0

    def stop(self, how=FAST):
        process, self.process = self.process, None
        if process is None:
            return
        process.send_signal(how)
        try:
            process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Wrong(f"PostgreSQL does not stop: {self.last_words()}") from None

    def last_words(self):
        with open(os.path.join(self.root, "server.log"), encoding="utf-8") as log:
            return log.read()[-600:]

    def url(self, database):
        return f"postgresql://jishi@/{database}?host={self.root}"

    def make_database(self, name, template="template1"):
        """An empty database, or a copy of one that nobody uses; returns its URL."""
        self.query("postgres", f"create database {name} template {template}")
        return self.url(name)

    def query(self, database, sql):
        """The rows of a query, as tuples of texts."""
        done = subprocess.run([f"{self.bin}/psql", "-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1",
                               "-d", self.url(database), "-c", sql],
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise Wrong(f"{sql}: {done.stderr}")
        return [tuple(line.split("\t")) for line in done.stdout.splitlines()]
