"""A small HTTP client for the scenarios: cookies by hand, JSON in and out, streams of events."""

import http.client
import io
import json
import queue
import re
import threading
import urllib.parse
import zipfile
from xml.sax.saxutils import unescape

SPECIAL = "/?&=%:,*"  # what an address holds beside letters, digits and -._~
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {}
        for name, value in headers:
            before = self.headers.get(name.lower())
            self.headers[name.lower()] = value if before is None else f"{before}\n{value}"
        self.cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        self.body = body

    @property
    def type(self):
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def json(self):
        return json.loads(self.body) if self.type.endswith("json") and self.body else None

    @property
    def text(self):
        """What a person reads: of a workbook the cells of its sheets."""
        if self.type == XLSX:
            return cells_of(self.body)
        return self.body.decode("utf-8", "replace")

    @property
    def code(self):
        """The stable code of a problem, or None."""
        shown = self.json
        return shown.get("code") if self.type == "application/problem+json" else None


def cells_of(workbook):
    """The texts of all cells of an .xlsx, a line each."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        sheets = "".join(parts.read(name).decode() for name in sorted(parts.namelist())
                         if name.startswith("xl/worksheets/") or name == "xl/sharedStrings.xml")
    return "\n".join(unescape(text) for text in re.findall(r"<(?:t|v)[^>/]*>([^<]*)<", sheets))


class Client:
    """Whoever sends requests: a stranger until a cookie was given."""

    def __init__(self, port):
        self.port = port
        self.cookies = {}
        self.csrf = None
        self.stream = None

    @property
    def cookie(self):
        """The Cookie header of its requests."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def headers_of(self, method, headers):
        """The headers of a request: what it says itself comes before what goes with every one."""
        usual = {}
        if self.cookies:
            usual["Cookie"] = self.cookie
        if self.csrf and method not in ("GET", "HEAD"):
            usual["X-CSRF-Token"] = self.csrf
        return {name: value for name, value in {**usual, **(headers or {})}.items() if value}

    def ask(self, method, path, body=None, headers=None, timeout=30):
        """Sends a request; (connection, answer of http.client), the body still to be read."""
        headers = self.headers_of(method, headers)
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if isinstance(body, str):
            body = body.encode()
            headers.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, urllib.parse.quote(path, SPECIAL), body, headers)
            return connection, connection.getresponse()
        except BaseException:
            connection.close()
            raise

    def send(self, method, path, body=None, headers=None, timeout=30):
        connection, answer = self.ask(method, path, body, headers, timeout)
        try:
            # A stream of events has no end to wait for.
            endless = answer.getheader("Content-Type", "").startswith("text/event-stream")
            return Answer(answer.status, answer.getheaders(), b"" if endless else answer.read())
        finally:
            connection.close()

    def listen(self, path, headers=None):
        """Opens a stream of events in the place of the one before; answers what came first."""
        self.close()
        connection, answer = self.ask("GET", path, None, headers)
        if answer.getheader("Content-Type", "").startswith("text/event-stream"):
            self.stream = EventStream(connection, answer)
            return Answer(answer.status, answer.getheaders(), b"")
        try:
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()

    def close(self):
        stream, self.stream = self.stream, None
        if stream:
            stream.close()

    def enter(self, answer):
        """Takes the cookies of an answer as a browser does, and the token of its session."""
        for cookie in answer.cookies:
            name, value = cookie.split(";")[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        if isinstance(answer.json, dict) and answer.json.get("csrf"):
            self.csrf = answer.json["csrf"]


class Event:
    """What a stream told, so that it can be checked as an answer can."""

    def __init__(self, kind, number, data):
        self.kind, self.headers, self.text = kind, {"id": number}, data

    @property
    def json(self):
        return json.loads(self.text)


class EventStream:
    """Reads a stream in a thread of its own, until its end."""

    def __init__(self, connection, answer):
        self.connection, self.events, self.ended = connection, queue.Queue(), threading.Event()
        self.socket = connection.sock
        self.thread = threading.Thread(target=self.read, args=(answer,), daemon=True)
        self.thread.start()

    def read(self, answer):
        fields = {}
        try:
            for line in answer:
                name, _, value = line.decode().rstrip("\r\n").partition(":")
                if name:
                    fields[name] = value.removeprefix(" ")
                elif fields.get("data"):
                    self.events.put(Event(fields.get("event", "message"), fields.get("id", ""),
                                          fields["data"]))
                    fields = {}
        except (OSError, ValueError, http.client.HTTPException):
            pass  # cut off, or closed from here
        self.ended.set()

    def next(self, timeout_s):
        """The next event, or None when none came in time."""
        try:
            return self.events.get(timeout=timeout_s)
        except queue.Empty:
            return None

    def close(self):
        self.connection.close()


def multipart(fields, files):
    """A multipart/form-data body: (body, content type). `files`: (field, name, bytes)."""
    boundary = "----jishi-scenario-7f3a"
    parts = []
    for name, value in fields:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
                     f"{value}\r\n".encode())
    for field, name, content in files:
        parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; '
                     f'filename="{name}"\r\nContent-Type: application/octet-stream\r\n\r\n'
                     .encode() + content + b"\r\n")
    parts.append(f"--{boundary}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={boundary}"
