#!/usr/bin/python3
"""Framing that two readers could take differently, broken requests, and peers that dawdle.

Run: tests/faults/hostile_framing.py --jishi build/release/jishi

Every case is bytes on a connection of their own, with a second request behind: where the framing is
in doubt it is not answered and the connection ends. Nothing else happens: no fact, no file.
"""

import time

from common import Wrong
from hostile_town import JSON, Person, check_refusal, nothing_happens, run_suite
from raw_http import Peer, request

ENGLISH = "Accept-Language: en"
SECOND = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def lines(first, *headers, host="Host: localhost"):
    return "\r\n".join([first, *([host] if host else []), ENGLISH, *headers, "", ""]).encode(
        "latin-1"
    )


CHUNKED = "Transfer-Encoding: chunked"
EMPTY = b"0\r\n\r\n"  # as chunks


def post(*headers, body=b""):
    first = ("POST /api/v1/sessions HTTP/1.1", "Content-Type: application/json")
    return lines(*first, *headers) + body


def coded(coding, body=EMPTY):
    return post(f"Transfer-Encoding: {coding}", body=body)


def lengths():
    return {
        "a length twice, the same": post("Content-Length: 2", "Content-Length: 2", body=b"{}"),
        "two lengths": post("Content-Length: 2", "Content-Length: 45", body=b"{}"),
        "a list of lengths": post("Content-Length: 2, 2", body=b"{}"),
        "a signed length": post("Content-Length: +2", body=b"{}"),
        "a negative length": post("Content-Length: -2", body=b"{}"),
        "a hexadecimal length": post("Content-Length: 0x2", body=b"{}"),
        "a length with blanks in it": post("Content-Length: 2 2", body=b"{}"),
        "an empty length": post("Content-Length: "),
        "a length past 64 bits": post("Content-Length: 18446744073709551618", body=b"{}"),
        "length and chunks": post("Content-Length: 5", CHUNKED, body=EMPTY),
        "chunks and length": post(CHUNKED, "Content-Length: 5", body=EMPTY),
    }


def codings():
    return {
        "chunked twice": post(CHUNKED, CHUNKED, body=EMPTY),
        "chunked, chunked": coded("chunked, chunked"),
        "chunked, gzip": coded("chunked, gzip"),
        "gzip, chunked": coded("gzip, chunked"),
        "identity": coded("identity", b"{}"),
        "a coding in the next line": coded("\r\n chunked"),
        "a coding after a vertical tab": coded("\x0bchunked"),
        "a coding in quotes": coded('"chunked"'),
        "a blank before the colon": post("Transfer-Encoding : chunked", body=EMPTY),
        "chunks in HTTP/1.0": coded("chunked").replace(b"HTTP/1.1", b"HTTP/1.0"),
        "a chunk that overflows": coded("chunked", b"fffffffffffffffff\r\n{}\r\n" + EMPTY),
        "a negative chunk": coded("chunked", b"-2\r\n{}\r\n" + EMPTY),
        "a chunk with 0x": coded("chunked", b"0x2\r\n{}\r\n" + EMPTY),
        "a chunk longer than it says": coded("chunked", b"1\r\n{}\r\n" + EMPTY),
        "a chunk without its end": coded("chunked", b"2\r\n{}" + EMPTY),
        "a bare line feed after a size": coded("chunked", b"2\n{}\r\n" + EMPTY),
        "an endless extension": coded("chunked", b"2;" + b"y" * 20_000 + b"\r\n{}\r\n" + EMPTY),
        "a length behind them": coded("chunked", b"0\r\nContent-Length: 9\r\n\r\n"),
        "a coding behind them": coded("chunked", b"0\r\nTransfer-Encoding: chunked\r\n\r\n"),
    }


def heads_that_are_none():
    return {
        "a folded line": lines("GET / HTTP/1.1", "X: a\r\n b"),
        "a line before the first header": b"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
        "Host : x": lines("GET / HTTP/1.1", host="Host : localhost"),
        "a header without a name": lines("GET / HTTP/1.1", ": x"),
        "a header without a colon": lines("GET / HTTP/1.1", "x"),
        "a NUL in a header": lines("GET / HTTP/1.1", "X: a\0b"),
        "a bare line feed in a header": lines("GET / HTTP/1.1", "X: a\nContent-Length: 45"),
        "a bare return in a header": lines("GET / HTTP/1.1", "X: a\rContent-Length: 45"),
        "bare line feeds": b"GET / HTTP/1.1\nHost: localhost\n\n",
        "HTTP/0.9": b"GET /\r\n\r\n",
        "two blanks": lines("GET  / HTTP/1.1"),
        "a blank before it": lines(" GET / HTTP/1.1"),
        "a tab for a blank": lines("GET\t/ HTTP/1.1"),
        "a method that is none": lines("G@T / HTTP/1.1"),
        "TLS where there is none": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 32,
        "four empty lines": b"\r\n\r\n\r\n\r\n" + lines("GET / HTTP/1.1"),
    }


def framings():
    """(name, bytes, status, code): none of them can be followed by another request."""
    for name, data in {**lengths(), **codings(), **heads_that_are_none()}.items():
        yield name, data, 400, "http.malformed"
    plain = lines("POST /api/v1/sessions HTTP/1.1", "Content-Type: text/plain", "Content-Length: 2")
    long_target = lines("GET /" + "x" * 17_000 + " HTTP/1.1")
    for name, data, status, code in (
        ("HTTP/2 as it begins", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "version"),
        ("HTTP/1.2", lines("GET / HTTP/1.2"), 505, "version"),
        (
            "a header of 17 KB",
            lines("GET / HTTP/1.1", "X:" + "x" * 17_000),
            431,
            "header_too_large",
        ),
        ("300 headers", lines("GET / HTTP/1.1", *["X: 1"] * 300), 431, "header_too_large"),
        ("a target of 17 KB", long_target, 431, "header_too_large"),
        ("a body of 4 GB", post("Content-Length: 4294967296"), 413, "body_too_large"),
        ("a chunk of 4 GB", coded("chunked", b"100000000\r\n{"), 413, "body_too_large"),
        (
            "a body for a GET",
            lines("GET / HTTP/1.1", "Content-Length: 2") + b"{}",
            400,
            "no_body_here",
        ),
        (
            "another expectation",
            post("Content-Length: 2", "Expect: tea", body=b"{}"),
            417,
            "expectation",
        ),
        ("not JSON by its type", plain + b"{}", 415, "json_expected"),
        ("no type", plain.replace(b"Content-Type", b"X-Type") + b"{}", 415, "json_expected"),
        (
            "a compressed body",
            post("Content-Encoding: gzip", "Content-Length: 2", body=b"{}"),
            415,
            "encoding",
        ),
    ):
        yield name, data, status, f"http.{code}"


TRICKS = (
    "/../etc/passwd /a/%2e%2e/b /%2e /a%2fb /a%5cb /a\\b /%00 /a%0d%0aX:b /%c0%ae%c0%ae/ /%ed%a0%80"
    " /%ff /%f4%90%80%80 //healthz /a//b /% /%4 /%zz healthz * /?x=%00 /?%ff=1 /?x=%0a http://"
    " http:///a http://me@localhost/ ftp://localhost/ /\xff"
).split()


def get(target="/", host="Host: localhost"):
    return lines(f"GET {target} HTTP/1.1", host=host)


def targets():
    """(name, bytes, status, code): whole requests; the connection goes on."""
    for host in ("", "a b", "me@localhost", "localhost/x", "localhost:x", "localhost, x", "[::1"):
        yield f"Host: {host}", get(host=f"Host: {host}"), 400, "http.host_invalid"
    yield "no Host", get(host=""), 400, "http.host_missing"
    yield "Host twice", lines("GET / HTTP/1.1", "Host: localhost"), 400, "http.host_missing"
    for host in ("evil.example", "localhost.evil.example", "10.0.0.1", "[::2]"):
        yield f"Host: {host}", get(host=f"Host: {host}"), 421, "http.misdirected"
    yield "a target of elsewhere", get("http://evil.example/"), 421, "http.misdirected"
    for method in ("CONNECT", "TRACE", "BREW", "get", "PROPFIND"):
        target = "localhost:80" if method == "CONNECT" else "/healthz"
        yield method, lines(f"{method} {target} HTTP/1.1"), 501, "http.method_unknown"
    yield "DELETE of a page", lines("DELETE /healthz HTTP/1.1"), 405, "http.method_not_allowed"
    for target in TRICKS:
        yield f"target {target!r}", get(target), 400, "http.target_invalid"
    yield "a target of 9 KB", get("/?" + "x" * 9_000), 414, "http.target_too_long"
    yield "70 fields", get("/?" + "a&" * 70), 400, "http.query_too_long"
    yield "a header of other bytes", lines("GET / HTTP/1.1", "X: \xff"), 400, "http.not_utf8"
    yield "what is not there", get("/nothing"), 404, "http.not_found"


def in_doubt(town, data, status, code):
    with Peer(town.port) as peer:
        peer.send(data + SECOND)
        check_refusal(peer.answer(), status, code, language=None)
        peer.end()
        if not peer.closed():
            raise Wrong("something was answered after it")


def goes_on(town, data, status, code):
    with Peer(town.port) as peer:
        peer.send(data + SECOND)
        check_refusal(peer.answer(), status, code, "en" if b"Accept-Language" in data else "zh")
        if (after := peer.answer()).status != 200:
            raise Wrong(f"the next request got {after}")


def speaks(town):
    """A refusal is said in the language that was asked for, Chinese by default."""
    for wanted, language in (
        ("en", "en"),
        ("zh-CN,en;q=0.5", "zh"),
        ("fr", "zh"),
        ("", "zh"),
        ("en-GB;q=0.9", "en"),
    ):
        answer = town.ask("GET", "/nothing", [("Accept-Language", wanted)])
        check_refusal(answer, 404, "http.not_found", language)
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in answer.problem["detail"])
        if chinese != (language == "zh"):
            raise Wrong(f"{wanted!r} got {answer.problem['detail']!r}")


def pipeline(town):
    """A hundred requests in one packet are answered in their order; a bad one ends it."""
    data = b"".join(
        lines(f"GET /nothing/{number} HTTP/1.1") if number % 2 else lines("GET /healthz HTTP/1.1")
        for number in range(100)
    )
    with Peer(town.port) as peer:
        peer.send(data)
        seen = [peer.answer().status for _ in range(100)]
        if seen != [404 if number % 2 else 200 for number in range(100)]:
            raise Wrong(f"answered {seen}")
    broken = lines("GET /healthz HTTP/1.1", "Content-Length: 1", "Content-Length: 1")
    with Peer(town.port) as peer:
        peer.send(SECOND * 3 + broken + SECOND * 3)
        peer.end()
        seen = [peer.answer().status for _ in range(5)]
        if seen != [200, 200, 200, 400, 0]:
            raise Wrong(f"with a bad one in the middle: {seen}")


def byte_by_byte(town):
    with Peer(town.port) as peer:
        for byte in lines("GET /healthz HTTP/1.1"):
            peer.send(bytes([byte]))
        if peer.answer().status != 200:
            raise Wrong("not answered")


def waits_to_go_on(town, chief):
    """Whoever waits to be told sends no body that is not taken."""

    def head(headers, length, target="/api/v1/sessions"):
        return request(
            "POST",
            target,
            [*headers, JSON, ("Expect", "100-continue"), ("Content-Length", length)],
            host="localhost",
        )

    organisation = town.known["E1"]
    names = f"/api/v1/organisations/{organisation}/names?preview=true"
    imports = f"/api/v1/organisations/{organisation}/imports"
    form = ("Content-Type", "multipart/form-data; boundary=b")
    cases = [
        ("told", head([], 2), 100),
        ("too large", head([], 2_000_000), 413),
        ("a stranger", head([], 30, names), 401),
        ("without the token", head(chief.headers[:1], 30, names), 403),
        ("no such place", head(chief.headers, 30, "/nothing"), 404),
        ("told, signed in", head(chief.headers, 30, names), 100),
        (
            "an upload of a stranger",
            request("POST", imports, [form, ("Content-Length", 10**9)], host="localhost"),
            401,
        ),
        (
            "chunks of a stranger",
            request("POST", imports, [form, ("Transfer-Encoding", "chunked")], host="localhost"),
            401,
        ),
    ]
    for name, data, status in cases:
        with Peer(town.port) as peer:
            peer.send(data)
            if (seen := peer.interim()) != status:
                raise Wrong(f"{name}: {seen}, expected {status}")


def heads(town, chief):
    """HEAD is GET without its body, and what follows is found where it begins."""
    organisation = town.known["E1"]
    for target in (
        "/",
        "/api",
        "/api/openapi.json",
        "/style.css",
        "/healthz",
        "/signin",
        "/nothing",
        "/api/v1/session",
        f"/api/v1/organisations/{organisation}/members",
        f"/api/v1/persons/{town.known['E1P1']}",
        "/api/v1/persons/1",
    ):

        def plain(method):
            return request(method, target, chief.headers[:1], host="localhost")

        with Peer(town.port) as peer:
            peer.send(plain("HEAD") + plain("GET"))
            head, get = peer.answer(head_only=True), peer.answer()
            same = ("content-type", "content-length", "etag", "cache-control")
            if (
                head.status != get.status
                or not get.whole
                or any(head.header(name) != get.header(name) for name in same)
            ):
                raise Wrong(
                    f"{target}: {head.status} {head.headers}, GET {get.status} {get.headers}"
                )


def options(town):
    for target, allow in (
        ("*", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),
        ("/healthz", "GET, HEAD, OPTIONS"),
    ):
        answer = town.ask("OPTIONS", target)
        if (answer.status, answer.header("allow")) != (204, allow):
            raise Wrong(f"OPTIONS {target}: {answer} {answer.headers}")
    refused = town.ask("DELETE", "/healthz")
    if refused.header("allow") != "GET, HEAD, OPTIONS":
        raise Wrong(f"405 without Allow: {refused.headers}")
    preflight = town.ask(
        "OPTIONS",
        "/api/v1/sessions",
        [("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST")],
    )
    if any(name.startswith("access-control") for name in preflight.headers):
        raise Wrong("another site's page is let in")


class Dawdlers:
    """Peers that begin and do not go on; what they get is asked for at the end."""

    def __init__(self, town):
        self.began = time.monotonic()
        self.header, self.body, self.drip = (Peer(town.port) for _ in range(3))
        for peer in (self.header, self.body, self.drip):
            peer.socket.settimeout(60)
        self.header.send(b"GET / HTTP/1.1\r\nHost: lo")
        self.body.send(
            lines(
                "POST /api/v1/sessions HTTP/1.1",
                "Content-Type: application/json",
                "Content-Length: 20",
            )
            + b'{"login":'
        )
        self.drip.send(b"GET / HTTP/1.1\r\n")

    def end(self):
        while time.monotonic() < self.began + 20 and self.drip.send(b"X: y\r\n"):
            time.sleep(0.25)
        for name, peer, code in (
            ("a header", self.header, "http.header_timeout"),
            ("a header that drips", self.drip, "http.header_timeout"),
            ("a body", self.body, "http.body_timeout"),
        ):
            with peer:
                answer = peer.answer()
                if (answer.status, answer.code) != (408, code) or not peer.closed():
                    raise Wrong(f"{name} that does not come: {answer}")


def suite(town, tally):
    chief = Person(town, "chief")

    def table(cases, hold):
        def run():
            with nothing_happens(town):
                for name, data, status, code in cases():
                    tally.test(name, hold, town, data, status, code)

        return run

    dawdlers = Dawdlers(town)
    tally.test("what cannot be framed leaves nothing", table(framings, in_doubt))
    tally.test("what is refused leaves nothing", table(targets, goes_on))
    tally.test("languages", speaks, town)
    tally.test("pipelining", pipeline, town)
    tally.test("byte by byte", byte_by_byte, town)
    tally.test("100-continue", waits_to_go_on, town, chief)
    tally.test("HEAD", heads, town, chief)
    tally.test("OPTIONS", options, town)
    tally.test("dawdlers", dawdlers.end)


if __name__ == "__main__":
    run_suite(__doc__, suite)
