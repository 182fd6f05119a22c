"""A server of an empty store of its own, certificates, and clients that speak TLS."""

import json
import os
import re
import signal
import ssl
import subprocess
import warnings
from pathlib import Path

from common import Wrong
from raw_http import Peer, becomes, request

PASSWORD = "a sentence only I know"
JSON = ("Content-Type", "application/json")


class Served:
    """A server of an empty store of its own; `words` are options of `serve`."""

    def __init__(self, place, *words):
        self.place, self.log = place, Path(place.root) / "serve.log"
        with open(self.log, "w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [
                    place.program,
                    "serve",
                    "--data",
                    place.data,
                    "--lang",
                    "en",
                    "--port",
                    "0",
                    *words,
                ],
                env=place.environment,
                cwd=place.root,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                umask=0,
            )
        if not becomes(lambda: "Ctrl" in self.said() or self.process.poll() is not None):
            raise Wrong("it does not start")
        found = re.search(r"https?://\S+?:(\d+)", self.said())
        if not found:
            raise Wrong(f"it does not start: {self.said()}")
        self.port = int(found.group(1))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def said(self):
        return self.log.read_text("utf-8")

    def ask(self, method, target, headers=(), body=b"", tls=None, host="localhost"):
        with Peer(self.port, tls=tls) as peer:
            peer.send(request(method, target, headers, body, host=host))
            return peer.answer(method == "HEAD")

    def enter(self, headers=(), tls=None, port=None, host="localhost"):
        """Signs in: by the link of the first start, once it is used by the password."""
        token = re.search(r"/signin/once/(\w+)", self.said())
        body = (
            {"token": token.group(1), "password": PASSWORD}
            if token
            else {"login": "secretary", "password": PASSWORD}
        )
        target = "/api/v1/sessions/by-link" if token else "/api/v1/sessions"
        with Peer(port or self.port, tls=tls) as peer:
            peer.send(
                request("POST", target, [*headers, JSON], json.dumps(body).encode(), host=host)
            )
            answer = peer.answer()
        if answer.status != 201:
            raise Wrong(f"cannot sign in: {answer}")
        self.log.write_text(self.said().replace("/signin/once/", "used: "), "utf-8")
        self.token = token.group(1) if token else None
        return answer


def address_of(served, answer, tls=None, port=None, headers=()):
    """Where the server thinks that a session came from."""
    cookie = answer.headers["set-cookie"][0].split(";")[0]
    with Peer(port or served.port, tls=tls) as peer:
        peer.send(
            request("GET", "/api/v1/sessions", [*headers, ("Cookie", cookie)], host="localhost")
        )
        shown = peer.answer()
    if shown.status != 200:
        raise Wrong(f"the session does not hold: {shown}")
    return next(one["address"] for one in shown.json["items"] if one["current"])


def make_certificate(root, name, *options):
    """A self-signed certificate; (its file, its key's)."""
    certificate, key = os.path.join(root, name + ".pem"), os.path.join(root, name + ".key")
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-days",
            "2",
            "-subj",
            f"/CN={name}",
            "-keyout",
            key,
            "-out",
            certificate,
            *(options or ["-nodes"]),
        ],
        check=True,
        capture_output=True,
    )
    os.chmod(key, 0o600)
    return certificate, key


def client_tls(least=ssl.TLSVersion.TLSv1_2, most=ssl.TLSVersion.MAXIMUM_SUPPORTED):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that nobody should speak: that is the test
        context.minimum_version, context.maximum_version = least, most
    return context
