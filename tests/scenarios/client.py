"""A small HTTP client for the scenarios: one connection, cookies by hand, JSON in and out."""

import http.client
import json
import re
from urllib.parse import quote


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = {name.lower(): value for name, value in headers}
        self.cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        self.body = body

    @property
    def type(self):
        return self.headers.get("content-type", "").split(";")[0]

    @property
    def json(self):
        return json.loads(self.body) if self.type.endswith("json") and self.body else None

    @property
    def code(self):
        """The stable code of a problem, or None."""
        shown = self.json
        return shown.get("code") if self.type == "application/problem+json" else None


class Client:
    """Whoever sends requests: a stranger until a cookie was given."""

    def __init__(self, port):
        self.port = port
        self.cookie = None
        self.csrf = None
        self.token = None

    def send(self, method, path, body=None, headers=None, timeout=30):
        headers = dict(headers or {})
        if isinstance(body, (dict, list)):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        elif isinstance(body, str):
            body = body.encode()
            headers.setdefault("Content-Type", "application/json")
        if self.cookie:
            headers.setdefault("Cookie", self.cookie)
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        if self.csrf and method not in ("GET", "HEAD"):
            headers.setdefault("X-CSRF-Token", self.csrf)
        path = re.sub(r"[^\x00-\x7f]+", lambda match: quote(match.group()), path)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            # A stream of events has no end to wait for.
            endless = answer.getheader("Content-Type", "").startswith("text/event-stream")
            return Answer(answer.status, answer.getheaders(), b"" if endless else answer.read())
        finally:
            connection.close()

    def enter(self, answer):
        """Goes on in the session that an answer opened, if it did."""
        pairs = [cookie.split(";")[0] for cookie in answer.cookies]
        if any(not pair.endswith("=") for pair in pairs):
            self.cookie = "; ".join(pairs)
        if isinstance(answer.json, dict) and answer.json.get("csrf"):
            self.csrf = answer.json["csrf"]


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
