#!/usr/bin/python3
"""The server at its edges: TLS, a front before it, the names it answers for.

Run: tests/faults/hostile_front.py --jishi build/release/jishi

nginx is run by the very configuration that docs/how-to/run-in-production.md gives.
"""

import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from contextlib import contextmanager
from pathlib import Path

from common import Place, Tally, Wrong, finish, folder, parse_arguments
from raw_http import Peer, becomes, request
from served import Served, address_of, client_tls, make_certificate

ROOT = Path(__file__).resolve().parent.parent.parent


def subject_of(port):
    """The name in the certificate that a new connection is shown."""
    shown = ssl.get_server_certificate(("127.0.0.1", port))
    text = subprocess.run(
        ["openssl", "x509", "-noout", "-subject"],
        input=shown.encode(),
        check=True,
        capture_output=True,
    ).stdout.decode()
    return text.split("=")[-1].strip()


def tls(place):
    certificate, key = make_certificate(place.root, "one")
    with Served(place, "--certificate", certificate, "--certificate-key", key) as served:
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            answer = served.ask("GET", "/healthz", tls=client_tls(version, version))
            if answer.status != 200 or not answer.header("strict-transport-security"):
                raise Wrong(f"{version}: {answer} {answer.headers}")
        try:
            served.ask(
                "GET", "/healthz", tls=client_tls(ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1)
            )
            raise Wrong("TLS 1.1 is spoken")
        except (ssl.SSLError, ConnectionError):
            pass
        with Peer(served.port) as peer:
            if peer.ask(request("GET", "/healthz", host="localhost")).status == 200:
                raise Wrong("it answers without TLS")
        signed_in = served.enter(tls=client_tls())
        for cookie in signed_in.headers["set-cookie"]:
            if not cookie.startswith("__Host-jishi_") or not {" Secure", " HttpOnly"} <= set(
                cookie.split(";")
            ):
                raise Wrong(f"the cookie: {cookie}")
        value = signed_in.headers["set-cookie"][0].split(";")[0].split("=")[1]
        for name, status in (("__Host-jishi_session", 200), ("jishi_session", 401)):
            answer = served.ask(
                "GET", "/api/v1/session", [("Cookie", f"{name}={value}")], tls=client_tls()
            )
            if answer.status != status:
                raise Wrong(f"{name} by TLS: {answer}")


def certificate_read_anew(place):
    certificate, key = make_certificate(place.root, "one")
    with Served(place, "--certificate", certificate, "--certificate-key", key) as served:
        with Peer(served.port, tls=client_tls()) as open_before:
            for path, other in zip((certificate, key), make_certificate(place.root, "two")):
                shutil.copy(other, path)
            served.process.send_signal(signal.SIGHUP)
            if not becomes(lambda: subject_of(served.port) == "two"):
                raise Wrong("new connections see the certificate before")
            if open_before.ask(request("GET", "/healthz", host="localhost")).status != 200:
                raise Wrong("what was open does not go on")
        Path(certificate).write_text("not a certificate", "utf-8")
        served.process.send_signal(signal.SIGHUP)
        if (
            not becomes(lambda: "cannot be used" in served.said())
            or subject_of(served.port) != "two"
        ):
            raise Wrong("a bad file takes the good certificate away")


def hangup_without_certificate(place):
    with Served(place) as served:
        served.process.send_signal(signal.SIGHUP)
        if served.process.wait(20) != 0:
            raise Wrong("a closed terminal is no clean end")


def bad_certificates(place):
    certificate, key = make_certificate(place.root, "good")
    _, other = make_certificate(place.root, "other")
    _, locked = make_certificate(place.root, "locked", "-passout", "pass:secret")
    garbage = os.path.join(place.root, "garbage.pem")
    Path(garbage).write_text("garbage", "utf-8")
    loose = shutil.copy(key, os.path.join(place.root, "loose.key"))
    os.chmod(loose, 0o644)
    for name, words, told in (
        ("no such file", [garbage + ".x", key], garbage + ".x"),
        ("no certificate", [garbage, key], garbage),
        ("no key", [certificate, garbage], garbage),
        ("another's key", [certificate, other], other),
        ("a key with a password", [certificate, locked], locked),
        ("a key for all to read", [certificate, loose], f"chmod o-r {loose}"),
        ("a certificate without its key", [certificate], certificate),
    ):
        options = [
            part for pair in zip(("--certificate", "--certificate-key"), words) for part in pair
        ]
        done = finish(
            place.start("serve", "--data", place.data, "--lang", "en", "--port", "0", *options)
        )
        if done.status != 3 or told not in done.errors:
            raise Wrong(f"{name}: exit {done.status}: {done.errors}")
    both = os.path.join(place.root, "both.pem")
    Path(both).write_text(
        Path(certificate).read_text("utf-8") + Path(key).read_text("utf-8"), "utf-8"
    )
    os.chmod(both, 0o600)
    with Served(place, "--certificate", both) as served:
        if subject_of(served.port) != "good":
            raise Wrong("certificate and key in one file")


def names(place):
    """Which names are answered for: its own, those it is told, any behind a trusted front."""
    for words, good, bad in (
        ([], ["localhost", "127.0.0.1:1", "[::1]"], ["evil.example", "jishi.example"]),
        (
            ["--host", "Jishi.Example", "--host", "b.example"],
            ["jishi.example", "B.example:443", "localhost"],
            ["evil.example", "a.jishi.example"],
        ),
        (["--trust-front"], ["evil.example", "localhost"], []),
        (["--trust-front", "--host", "jishi.example"], ["jishi.example"], ["evil.example"]),
        (["--address", "0.0.0.0"], ["evil.example"], []),
    ):
        with Served(place, *words) as served:
            for host in [*good, *bad]:
                status = served.ask("GET", "/", host=host).status
                if status != (200 if host in good else 421):
                    raise Wrong(f"{words}: {host} got {status}")


def forwarded(place):
    """Only a front that is trusted says who the client is, and only its last word counts."""
    secure = [("X-Forwarded-Proto", "https")]
    for words, trusted in (([], False), (["--trust-front"], True)):
        with Served(place, *words) as served:
            answer = served.enter(secure)
            if answer.headers["set-cookie"][0].startswith("__Host-") != trusted:
                raise Wrong(f"{words}: {answer.headers['set-cookie']}")
            if bool(answer.header("strict-transport-security")) != trusted:
                raise Wrong(f"{words}: {answer.headers}")
            for chain, seen in (
                ("203.0.113.7", "203.0.113.*"),
                ("1.2.3.4, 203.0.113.7", "203.0.113.*"),
                ("203.0.113.7, evil", "127.0.0.*"),
                ("", "127.0.0.*"),
                ("2001:db8:1:2::7", "2001:db8:1::/48"),
                ("203.0.113.7:99", "127.0.0.*"),
                ("127.0.0.1'--", "127.0.0.*"),
            ):
                entered = served.enter([("X-Forwarded-For", chain)])
                shown = address_of(served, entered)
                if shown != (seen if trusted else "127.0.0.*"):
                    raise Wrong(f"{words}: {chain!r} is {shown}")


# --- behind nginx ---------------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def documented(root, port, backend):
    """The configuration of the guide, with this test's ports and files."""
    text = (ROOT / "docs/how-to/run-in-production.md").read_text("utf-8")
    block = re.search(r"```nginx\n(.*?)```", text, re.S).group(1)
    certificate, key = make_certificate(root, "front")
    for was, is_now in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("/etc/ssl/jishi.pem", certificate),
        ("/etc/ssl/private/jishi.key", key),
        ("127.0.0.1:8080", f"127.0.0.1:{backend}"),
    ):
        if was not in block:
            raise Wrong(f"the guide does not say {was}")
        block = block.replace(was, is_now)
    paths = "".join(
        f"{kind}_temp_path {root}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\npid {root}/nginx.pid;\nerror_log {root}/nginx.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{block}}}\n"
    )


@contextmanager
def nginx(place, backend):
    port, root = free_port(), place.root
    configuration = os.path.join(root, "nginx.conf")
    Path(configuration).write_text(documented(root, port, backend), "utf-8")
    process = subprocess.Popen(
        ["nginx", "-p", root, "-c", configuration, "-e", f"{root}/nginx.log"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def answers():
        try:
            with Peer(port, tls=client_tls()) as peer:
                return peer.ask(request("GET", "/healthz", host="jishi.example.org")).status == 200
        except OSError:
            return False

    try:
        if not becomes(answers):
            raise Wrong(f"nginx does not start: {Path(root, 'nginx.log').read_text('utf-8')}")
        yield port
    finally:
        process.terminate()
        process.wait(20)


def smuggled():
    """Requests that carry another one past a reader who counts otherwise."""
    inner = b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST /api/v1/sessions HTTP/1.1\r\nHost: jishi.example.org\r\n"
    head += b"Content-Type: application/json\r\n"
    length = b"Content-Length: %d\r\n" % (5 + len(inner))
    chunked = b"Transfer-Encoding: chunked\r\n"
    yield "length and chunks", head + length + chunked + b"\r\n0\r\n\r\n" + inner
    yield "chunks and length", head + chunked + b"Content-Length: 5\r\n\r\n0\r\n\r\n" + inner
    for name, line in (
        ("a blank before the colon", b"Transfer-Encoding : chunked\r\n"),
        ("a tab", b"Transfer-Encoding:\tchunked\r\n"),
        ("a vertical tab", b"Transfer-Encoding: \x0bchunked\r\n"),
        ("xchunked", b"Transfer-Encoding: xchunked\r\n"),
        ("a list", b"Transfer-Encoding: identity, chunked\r\n"),
        ("another line", b"X: y\r\n Transfer-Encoding: chunked\r\n"),
        ("a bare line feed", b"X: y\nTransfer-Encoding: chunked\r\n"),
        ("a NUL", b"Transfer-Encoding: chunked\0\r\n"),
        ("twice", b"Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n"),
    ):
        yield name, head + length + line + b"\r\n0\r\n\r\n" + inner
    yield "two lengths", head + b"Content-Length: 0\r\n" + length + b"\r\n" + b"\r\n" * 2 + inner
    yield "a chunk's extension", (head + chunked + b"\r\n2;\n" + inner + b"\r\n{}\r\n0\r\n\r\n")
    yield "a length for a GET", (
        b"GET / HTTP/1.1\r\nHost: jishi.example.org\r\nContent-Length: %d\r\n\r\n" % len(inner)
    ) + inner


def reached(served, route):
    """How often a route was asked for, by the server's own count."""
    text = served.ask("GET", "/metrics").body.decode()
    return sum(
        float(value)
        for value in re.findall(
            rf'^jishi_http_requests_total{{[^}}]*route="{re.escape(route)}"[^}}]*}} (\S+)$',
            text,
            re.M,
        )
    )


def behind_nginx(place):
    with Served(place, "--trust-front") as served, nginx(place, served.port) as port:
        secure = client_tls()
        spoofed = [("X-Forwarded-For", "203.0.113.7"), ("X-Forwarded-Proto", "http")]
        entered = served.enter(spoofed, tls=secure, port=port, host="jishi.example.org")
        if not entered.headers["set-cookie"][0].startswith("__Host-jishi_session="):
            raise Wrong(f"not seen as secure: {entered.headers['set-cookie']}")
        shown = address_of(served, entered, tls=secure, port=port, headers=spoofed)
        if shown != "127.0.0.*":
            raise Wrong(f"the client says who it is: {shown}")
        before = reached(served, "/readyz")
        for name, data in smuggled():
            with Peer(port, tls=secure) as peer:
                peer.socket.settimeout(5)
                peer.send(data)
                peer.end()
                try:
                    while peer._more():
                        pass
                except TimeoutError:
                    pass
            if reached(served, "/readyz") != before:
                raise Wrong(f"{name}: another request came through")
        for target, status in (
            ("/metrics", 403),
            ("/healthz", 200),
            ("/%00", 400),
            ("/../x", 400),
            ("/a%2fb", 400),
        ):
            with Peer(port, tls=secure) as peer:
                answer = peer.ask(request("GET", target, host="jishi.example.org"))
            if answer.status != status:
                raise Wrong(f"{target} through nginx: {answer.status}, expected {status}")
        cookie = entered.headers["set-cookie"][0].split(";")[0]
        with Peer(port, tls=secure) as peer:
            peer.send(
                request("GET", "/api/v1/events", [("Cookie", cookie)], host="jishi.example.org")
            )
            if peer.answer(head_only=True).header("content-type") != "text/event-stream":
                raise Wrong("events do not come through")


def main():
    arguments = parse_arguments(__doc__)
    tally = Tally()
    cases = [tls, certificate_read_anew, hangup_without_certificate, bad_certificates]
    cases += [names, forwarded]
    if shutil.which("nginx"):
        cases.append(behind_nginx)
    else:
        tally.skip("behind nginx", "nginx is not installed")
    for case in cases:
        with folder() as root:
            tally.test(case.__name__.replace("_", " "), case, Place(arguments.jishi, root))
    tally.close()


if __name__ == "__main__":
    main()
