"""Requests as bytes: whatever a client library would not send, and the answers to it."""

import json
import socket
import ssl
import time

PATIENCE_S = 15


class Answer:
    """One answer: `status` 0 where the server closed without one."""

    def __init__(self, head=b"", body=b"", whole=True):
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0][9:12]) if head else 0
        self.headers = {}
        for line in filter(None, lines[1:]):
            name, value = line.split(":", 1)
            self.headers.setdefault(name.lower(), []).append(value.strip())
        self.body, self.whole = body, whole

    def header(self, name):
        """The value of a header that is there once, or None."""
        values = self.headers.get(name, [])
        return values[0] if len(values) == 1 else None

    @property
    def problem(self):
        """What a problem says, or an empty object."""
        if self.header("content-type") != "application/problem+json":
            return {}
        return json.loads(self.body)

    @property
    def code(self):
        return self.problem.get("code", "")

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.code or self.body[:120]}"


class Peer:
    """One connection, by which any bytes may be sent."""

    def __init__(self, port, tls=None, host="127.0.0.1"):
        self.socket = socket.create_connection((host, port), timeout=PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.socket = tls.wrap_socket(self.socket, server_hostname="localhost")
        self.came = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        """Sends all of it, or what is taken before the server closes; False then."""
        try:
            self.socket.sendall(data)
            return True
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            return False

    def end(self):
        """Nothing more will be sent."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def _more(self):
        try:
            part = self.socket.recv(65536)
        except (ConnectionResetError, ssl.SSLError):
            part = b""
        self.came += part
        return bool(part)

    def _cut(self, count):
        part, self.came = self.came[:count], self.came[count:]
        return part

    def _until(self, mark):
        while mark not in self.came:
            if not self._more():
                return b""
        return self._cut(self.came.index(mark) + len(mark))

    def _exactly(self, count):
        while len(self.came) < count and self._more():
            pass
        return self._cut(count)

    def answer(self, head_only=False):
        """The next answer; interim ones are passed over."""
        head = self._until(b"\r\n\r\n")
        if not head:
            return Answer()
        answer = Answer(head[:-4])
        if answer.status < 200:
            return self.answer(head_only)
        if head_only or answer.status in (204, 304):
            return answer
        if answer.header("transfer-encoding") == "chunked":
            answer.body, answer.whole = self._chunks()
        elif answer.header("content-length") is not None:
            length = int(answer.header("content-length"))
            answer.body = self._exactly(length)
            answer.whole = len(answer.body) == length
        return answer

    def interim(self):
        """The status of the next answer, which may be an interim one."""
        head = self._until(b"\r\n\r\n")
        return int(head[9:12]) if head else 0

    def _chunks(self):
        body = b""
        while True:
            size = int(self._until(b"\r\n") or b"0", 16)
            chunk = self._exactly(size + 2)
            if len(chunk) < size + 2:
                return body + chunk, False
            if size == 0:
                return body, True
            body += chunk[:-2]

    def closed(self):
        """Whether the server closes, and sends nothing more before it does."""
        try:
            return not self.came and not self._more()
        except TimeoutError:
            return False

    def ask(self, data, head_only=False):
        self.send(data)
        return self.answer(head_only)


def ask(port, data, **options):
    """The answer to bytes on a connection of their own."""
    with Peer(port, **options) as peer:
        return peer.ask(data)


def request(method, target, headers=(), body=b"", host=None, version="1.1"):
    """A request as bytes. `headers`: pairs; a body brings its length."""
    lines = [f"{method} {target} HTTP/{version}"]
    lines += [f"Host: {host}"] if host is not None else []
    lines += [f"{name}: {value}" for name, value in headers]
    lines += [f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + body


def becomes(holds, within_s=PATIENCE_S):
    """Waits until `holds()`; whether it came to be."""
    until = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True
