"""Whoever listens to events: one stream, resumed by Last-Event-ID where it ends."""

import http.client
import socket
import threading
import time

from common import Wrong

PATIENCE_S = 60  # a sign of life comes every 20 seconds
PAUSE_S = 0.05


class Listener:
    """Hears a city's events on a thread of its own, from start() to stop()."""

    def __init__(self, city):
        self.city = city
        self.heard = []  # (sequence number, name) as they came
        self.since = None  # where it resumes
        self.streams = 0  # that were opened
        self.refused = 0  # that were not, for the moment
        self.complaint = None
        self.connection = self.socket = None
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.work, daemon=True)

    def start(self):
        self.thread.start()
        return self

    def stop(self):
        self.stopping.set()
        if self.socket is not None:
            try:
                self.socket.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it had ended already
        self.thread.join()

    def hold(self):
        """Wrong when something was heard twice, out of order, or refused as it must not be."""
        if self.complaint:
            raise Wrong(self.complaint)
        numbers = [number for number, _ in self.heard]
        if numbers != sorted(set(numbers)):
            raise Wrong("events were heard twice or out of order")

    def reached(self, number):
        """Whether it has heard of this fact: by itself, or among many."""
        return any(heard == number or (heard >= number and name == "many")
                   for heard, name in reversed(self.heard))

    def work(self):
        while not self.stopping.is_set():
            try:
                self.listen()
            except (OSError, http.client.HTTPException):
                pass  # cut off: it comes back, as a browser does
            finally:
                self.connection.close()
            time.sleep(PAUSE_S)

    def listen(self):
        headers = {"Cookie": self.city.chief.cookie}
        if self.since is not None:
            headers["Last-Event-ID"] = str(self.since)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.city.port,
                                                     timeout=PATIENCE_S)
        self.connection.request("GET", "/api/v1/events", headers=headers)
        self.socket = self.connection.sock  # the connection forgets it: its answer has no end
        if self.stopping.is_set():
            return
        answer = self.connection.getresponse()
        if answer.status == 503 and answer.headers.get("Retry-After"):
            self.refused += 1
            answer.read()
            return
        if answer.status != 200:
            self.complaint = f"the stream was answered {answer.status}: {answer.read()[:200]}"
            self.stopping.set()
            return
        self.streams += 1
        self.follow(answer)

    def follow(self, answer):
        number, name = None, None
        while line := answer.readline():
            field, _, value = line.decode().rstrip("\n").partition(": ")
            if field == "id":
                number = int(value)
            elif field == "event":
                name = value
            elif not field and number is not None:
                self.heard.append((number, name))
                self.since, number = number, None
