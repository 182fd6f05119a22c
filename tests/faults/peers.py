"""Peers of a server that take their time, spoken to over bare sockets."""

import socket
import threading
import time

SMALL_BUFFER = 4096
PATIENCE_S = 60


class Peer:
    """A connection whose peer reads nothing unless it is told to.

    With a small buffer the server feels it soon. When such a peer reads at last, the two kernels
    may take half a minute to find each other again.
    """

    def __init__(self, port, small=True):
        self.socket = socket.socket()
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
        self.socket.connect(("127.0.0.1", port))
        self.socket.settimeout(PATIENCE_S)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, client, path):
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {client.cookie}\r\n"
                            "Connection: close\r\n\r\n".encode())
        return self

    def status(self):
        """Reads the beginning of the answer, and no more."""
        return int(self.socket.recv(12).split()[1])

    def rest(self):
        """All that is still to come, up to an end in good order."""
        parts = []
        while part := self.socket.recv(65536):
            parts.append(part)
        return b"".join(parts)


class Dripping(Peer):
    """Sends the beginning of a request, then a byte of the rest each second, until answered."""

    def __init__(self, port, text):
        super().__init__(port)
        self.answer = self.took_s = None
        self.socket.sendall(text)
        self.thread = threading.Thread(target=self.drip, daemon=True)
        self.thread.start()

    def drip(self):
        started = time.monotonic()
        self.socket.settimeout(1)
        while self.answer is None:
            try:
                self.answer = self.socket.recv(65536)
            except TimeoutError:
                self.socket.send(b"x")
        self.took_s = time.monotonic() - started


class Half(Peer):
    """A command that the server has begun to read: it says so, and waits for the body."""

    def __init__(self, client, command):
        super().__init__(client.port)
        self.body = command.body
        self.socket.sendall(
            (f"POST {command.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {client.cookie}\r\n"
             f"X-CSRF-Token: {client.csrf}\r\nIdempotency-Key: {command.key}\r\n"
             "Content-Type: application/json\r\nExpect: 100-continue\r\n"
             f"Content-Length: {len(self.body)}\r\n\r\n").encode())
        self.begun = self.socket.recv(65536).startswith(b"HTTP/1.1 100 ")

    def finish(self):
        """Sends the body; returns the whole answer."""
        self.socket.sendall(self.body)
        return self.rest()
