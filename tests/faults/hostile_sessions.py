#!/usr/bin/python3
"""What guards a session: headers, cookies, CSRF, other sites' pages, tokens, keys and tags.

Run: tests/faults/hostile_sessions.py --jishi build/release/jishi
"""

import json
import re
import threading
import time

from common import Wrong
from hostile_town import JSON, Person, check_refusal, run_suite
from raw_http import Peer, request
from world import PASSWORD

GUARDS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
POLICY = {
    "default-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def expect(name, answer, status, code=""):
    if answer.status != status or (code and answer.code != code):
        raise Wrong(f"{name}: {answer}, expected {status} {code}")


def guarded(name, answer):
    wrong = {
        header: answer.header(header)
        for header, value in GUARDS.items()
        if answer.header(header) != value
    }
    policy = set((answer.header("content-security-policy") or "").split("; "))
    if wrong or not POLICY <= policy or any("unsafe" in part or "*" in part for part in policy):
        raise Wrong(f"{name}: {wrong or answer.headers}")
    if len(answer.headers.get("cache-control", [])) != 1 or not answer.header("x-request-id"):
        raise Wrong(f"{name}: {answer.headers}")
    if any(header.startswith("access-control") for header in answer.headers):
        raise Wrong(f"{name}: lets other sites read it")
    if answer.header("server") or answer.header("strict-transport-security"):
        raise Wrong(f"{name}: {answer.headers}")


def headers(town, chief):
    """Every answer carries the guards; nothing that is personal is kept by a browser."""
    place = f"/api/v1/organisations/{town.known['E1']}"
    person = f"/api/v1/persons/{town.known['E1P1']}"
    open_to_all = [
        "/",
        "/api",
        "/api/openapi.json",
        "/style.css",
        "/healthz",
        "/readyz",
        "/metrics",
        "/signin",
        "/signin/once/0",
        "/nothing",
        "/%00",
    ]
    for target in open_to_all:
        guarded(target, town.ask("GET", target))
    for target in (
        "/api/v1/session",
        "/api/v1/sessions",
        place,
        place + "/members",
        place + "/members?format=csv",
        place + "/members?format=xlsx",
        person,
        "/api/v1/search?q=wang",
        "/api/v1/persons/1",
        "/api/v1/organisations",
    ):
        answer = chief.ask("GET", target)
        guarded(target, answer)
        if answer.header("cache-control") != "no-store":
            raise Wrong(f"{target} may be kept: {answer.header('cache-control')}")
        if tag := answer.header("etag"):
            same = chief.ask("GET", target, [("If-None-Match", tag)])
            if answer.header("content-type") == "application/json" and same.status != 304:
                raise Wrong(f"{target} with its tag: {same}")
            guarded(target, same)
    guarded("a broken request", town_bytes(town, b"GET / HTTP/1.1\nHost: x\n\n"))
    guarded("OPTIONS", town.ask("OPTIONS", "/healthz"))
    with Peer(town.port) as peer:
        peer.send(request("GET", "/api/v1/events", chief.headers[:1], host="localhost"))
        guarded("a stream", peer.answer(head_only=True))


def town_bytes(town, data):
    with Peer(town.port) as peer:
        return peer.ask(data)


def pages_say_nothing_back(town):
    """What was sent does not come back as a part of a page."""
    evil = "%3Cscript%3Ealert(1)%3C/script%3E%22'%3E"
    for target in (
        f"/{evil}",
        f"/?lang={evil}",
        f"/signin?lang={evil}",
        f"/signin/once/{evil}",
        f"/api?x={evil}",
        f"/api/v1/organisations/{evil}",
        f"/api/v1/search?q={evil}",
    ):
        answer = town.ask("GET", target)
        if b"<script" in answer.body or b"alert(1)" in answer.body.replace(b"\\", b""):
            raise Wrong(f"{target}: {answer.body[:300]}")
    form = "\r\n".join(
        [
            "--b",
            'Content-Disposition: form-data; name="login"',
            "",
            "<script>alert(1)</script>",
            "--b--",
        ]
    ).encode()
    answer = town.ask(
        "POST", "/signin", [("Content-Type", "multipart/form-data; boundary=b")], form
    )
    if b"<script>" in answer.body or answer.status != 401:
        raise Wrong(f"the form: {answer.status} {answer.body[:300]}")
    for target in (
        "/signin?next=https://evil.example",
        "/signin/once/0?next=//evil.example",
        "/?url=//evil.example",
    ):
        if b"evil.example" in (answer := town.ask("GET", target)).body or answer.header("location"):
            raise Wrong(f"{target} leads away: {answer}")


FORM = ("Content-Type", "multipart/form-data; boundary=b")


def form(**fields):
    parts = [
        f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return ("".join(parts) + "--b--").encode()


def forgery(town, chief):
    """A write by cookie needs its session's token, by whatever form it comes."""
    place = f"/api/v1/organisations/{town.known['E1']}"
    other = Person(town, "neighbour")
    cookie = chief.headers[:1]
    rename = f"{place}/names?preview=true"
    body = '{"name":"支部"}'.encode()
    upload = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\nx\r\n--b--'
    )
    for name, token in (
        ("no token", []),
        ("an empty one", [("X-CSRF-Token", "")]),
        ("another session's", [("X-CSRF-Token", other.csrf)]),
        ("cut off", [("X-CSRF-Token", chief.csrf[:-1])]),
        ("the session's own", [("X-CSRF-Token", chief.cookies["jishi_session"])]),
    ):
        expect(
            name,
            town.ask("POST", rename, [*cookie, JSON, *token], body),
            403,
            "identity.csrf_missing",
        )
        expect(
            f"{name}, a form",
            town.ask("POST", f"{place}/imports", [*cookie, FORM, *token], upload),
            403,
            "identity.csrf_missing",
        )
        expect(
            f"{name}, DELETE",
            town.ask("DELETE", "/api/v1/sessions", [*cookie, *token]),
            403,
            "identity.csrf_missing",
        )
    plain = town.ask("POST", rename, [*cookie, ("Content-Type", "text/plain")], body)
    expect("as a form without script sends it", plain, 415)


def other_sites(town, chief):
    """A page of another site gets nothing done, and signs nobody in as somebody else."""
    rename = f"/api/v1/organisations/{town.known['E1']}/names?preview=true"
    body = '{"name":"支部"}'.encode()
    for name, said, status in (
        ("this site", ("Origin", f"http://{town.host}"), 200),
        ("another", ("Origin", "https://evil.example"), 403),
        ("none of its own", ("Origin", "null"), 403),
        ("another port", ("Origin", "http://127.0.0.1:1"), 403),
        ("its page, it says", ("Sec-Fetch-Site", "same-origin"), 200),
        ("a sister's page", ("Sec-Fetch-Site", "same-site"), 403),
        ("another's page", ("Sec-Fetch-Site", "cross-site"), 403),
    ):
        expect(name, town.ask("POST", rename, [*chief.headers, JSON, said], body), status)
    elsewhere = ("Origin", "https://evil.example")
    sign_in = json.dumps({"login": "neighbour", "password": PASSWORD}).encode()
    answer = town.ask("POST", "/api/v1/sessions", [JSON, elsewhere], sign_in)
    expect("signing in from elsewhere", answer, 403, "api.cross_site")
    if "set-cookie" in answer.headers:
        raise Wrong("a cookie is set from elsewhere")
    fields = form(login="neighbour", password=PASSWORD)
    for said in (elsewhere, ("Sec-Fetch-Site", "cross-site"), ("Origin", "null")):
        expect("the form from elsewhere", town.ask("POST", "/signin", [FORM, said], fields), 403)
    here = ("Origin", f"http://{town.host}")
    answer = town.ask("POST", "/signin", [FORM, here], fields)
    expect("the form", answer, 303)
    if answer.header("location") != "/" or answer.header("cache-control") != "no-store":
        raise Wrong(f"the form leads to {answer.headers}")


def fixation(town):
    """Signing in makes a new session, whatever the browser brought; the one before ends."""
    mine = Person(town, "neighbour")
    planted = ("Cookie", "jishi_session=" + "0" * 64)
    again = Person(town, "neighbour", [planted])
    if again.cookies["jishi_session"] == "0" * 64:
        raise Wrong("a planted session was taken over")
    third = Person(town, "neighbour", [("Cookie", mine.cookie)])
    expect("the one before", mine.ask("GET", "/api/v1/session"), 401, "identity.session_ended")
    if third.cookies["jishi_session"] in (
        mine.cookies["jishi_session"],
        again.cookies["jishi_session"],
    ):
        raise Wrong("the session is the same")
    for cookie in third.set_cookies:
        if not re.match(
            r"jishi_(session|device)=[0-9a-f]{64}; Path=/; HttpOnly; SameSite=Lax($|; Max-Age)",
            cookie,
        ):
            raise Wrong(f"the cookie: {cookie}")


def renewal(town):
    """A changed password makes every token before void, its own session's too; the page goes on."""
    here, there = Person(town, "deputy"), Person(town, "deputy")
    stolen = dict(here.cookies)
    body = json.dumps({"password": PASSWORD, "new_password": PASSWORD + " and more"}).encode()
    answer = here.ask("PUT", "/api/v1/session/password", [JSON], body)
    expect("changing it", answer, 200)
    here.cookies.update(
        cookie.split(";")[0].split("=", 1) for cookie in answer.headers["set-cookie"]
    )
    expect("the session goes on", here.ask("GET", "/api/v1/session"), 200)
    if here.ask("GET", "/api/v1/session").json["csrf"] != here.csrf:
        raise Wrong("a page that is open has to be loaded anew")
    expect("another session", there.ask("GET", "/api/v1/session"), 401)
    here.cookies = stolen
    expect("the token before", here.ask("GET", "/api/v1/session"), 401)


def streams(town):
    """A stream ends with its session, and hears nothing after that."""
    person = Person(town, "organiser")
    with Peer(town.port) as peer:
        peer.send(request("GET", "/api/v1/events", person.headers[:1], host="localhost"))
        if peer.answer(head_only=True).status != 200:
            raise Wrong("no stream")
        began = time.monotonic()
        expect("signing out", person.ask("DELETE", "/api/v1/session"), 200)
        while peer._more():
            pass
        if time.monotonic() - began > 5:
            raise Wrong("the stream outlives its session")


def tokens(town, chief):
    """A token does what it was made for, by its header alone, and makes no other."""
    day = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 9 * 86_400))
    body = json.dumps({"name": "test", "permissions": ["registry.read"], "expires": day}).encode()
    made = chief.ask("POST", "/api/v1/tokens", [JSON], body)
    expect("making one", made, 201)
    if made.header("cache-control") != "no-store":
        raise Wrong("a token may be kept by a browser")
    token, place = made.json["token"], f"/api/v1/organisations/{town.known['E1']}"
    bearer = [("Authorization", f"Bearer {token}")]
    expect("what it is for", town.ask("GET", f"{place}/members", bearer), 200)
    expect(
        "a write it is not for",
        town.ask("POST", f"{place}/names", [*bearer, JSON], b'{"name":"x"}'),
        403,
        "api.forbidden",
    )
    expect(
        "another token",
        town.ask("POST", "/api/v1/tokens", [*bearer, JSON], body),
        403,
        "identity.not_by_token",
    )
    for method, target in (
        ("GET", "/api/v1/sessions"),
        ("DELETE", "/api/v1/sessions"),
        ("GET", "/api/v1/tokens"),
    ):
        expect(target, town.ask(method, target, bearer), 403, "identity.not_by_token")
    change = json.dumps({"password": PASSWORD, "new_password": "something else again"}).encode()
    expect(
        "its owner's password",
        town.ask("PUT", "/api/v1/session/password", [*bearer, JSON], change),
        403,
        "identity.not_by_token",
    )
    for name, headers_, target in (
        ("in the address", [], f"/api/v1/session?access_token={token}"),
        ("as a cookie", [("Cookie", f"jishi_session={token}")], "/api/v1/session"),
        ("as Basic", [("Authorization", f"Basic {token}")], "/api/v1/session"),
        ("cut off", [("Authorization", f"Bearer {token[:-1]}")], "/api/v1/session"),
        (
            "a session's",
            [("Authorization", f"Bearer {chief.cookies['jishi_session']}")],
            "/api/v1/session",
        ),
        (
            "with a cookie beside",
            [("Authorization", "Bearer x"), ("Cookie", chief.cookie)],
            "/api/v1/session",
        ),
    ):
        expect(name, town.ask("GET", target, headers_), 401)
    made_id = made.json["id"]
    expect("revoking it", chief.ask("DELETE", f"/api/v1/tokens/{made_id}"), 200)
    expect("a revoked one", town.ask("GET", f"{place}/members", bearer), 401)


def keys(town, chief):
    """Idempotency-Key: once for whoever sent it, whatever comes at the same time or later."""
    place = f"/api/v1/organisations/{town.known['E1']}/activities"

    def act(person, key, topic, target=place):
        body = json.dumps({"kind": "theme_day", "held_on": "2026-06-02", "topic": topic}).encode()
        return person.ask("POST", target, [JSON, ("Idempotency-Key", key)], body)

    before = town.figure("jishi_ledger_facts")
    first = act(chief, "k1", "一次")
    expect("the first time", first, 201)
    again = act(chief, "k1", "一次")
    if (again.status, again.body) != (first.status, first.body):
        raise Wrong(f"sent again: {again}")
    expect("with another body", act(chief, "k1", "两次"), 409, "api.key_reused")
    elsewhere = place.replace(town.known["E1"], town.known["E2"])
    expect("at another address", act(chief, "k1", "一次", elsewhere), 409, "api.key_reused")
    if town.figure("jishi_ledger_facts") != before + 1:
        raise Wrong("it was done more than once")
    other = act(Person(town, "secretary"), "k1", "两次")
    if other.status != 201 or other.json == first.json:
        raise Wrong(f"of another account: {other}")
    answers = [None] * 16

    def at_once(number):
        answers[number] = act(chief, "k2", "同时")

    threads = [threading.Thread(target=at_once, args=(number,)) for number in range(16)]
    before = town.figure("jishi_ledger_facts")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if {answer.status for answer in answers} != {201} or len(
        {answer.body for answer in answers}
    ) != 1:
        raise Wrong(f"at once: {answers}")
    if town.figure("jishi_ledger_facts") != before + 1:
        raise Wrong("at once it was done more than once")
    for name, key in (
        ("empty", ""),
        ("too long", "k" * 129),
        ("with a blank", "a b"),
        ("of other signs", "键"),
    ):
        expect(name, act(chief, key, "一次"), 400, "api.key_invalid")
    expect("the longest", act(chief, "k" * 128, "最长"), 201)


def keys_after_a_restart(town, chief):
    place = f"/api/v1/organisations/{town.known['E1']}/activities"
    body = json.dumps({"kind": "theme_day", "held_on": "2026-06-03", "topic": "重启"}).encode()
    first = chief.ask("POST", place, [JSON, ("Idempotency-Key", "k9")], body)
    if problem := town.world.stop():
        raise Wrong(problem)
    town.world.start()
    town.port, town.host = town.world.port, f"127.0.0.1:{town.world.port}"
    again = chief.ask("POST", place, [JSON, ("Idempotency-Key", "k9")], body)
    if (again.status, again.body) != (201, first.body):
        raise Wrong(f"after a restart: {again}, first {first}")


def tags(town, chief):
    """If-Match: strongly, also in lists."""
    person = f"/api/v1/persons/{town.known['E1P2']}"
    tag = chief.ask("GET", person).header("etag")

    def edit(*headers_):
        body = b'{"phone":"13900000009"}'
        return chief.ask("PATCH", person + "?preview=true", [JSON, *headers_], body)

    expect("without one", edit(), 428, "api.if_match_missing")
    for wrong in ("", '"x"', f"W/{tag}", tag[1:-1], tag[:-1], f'"x", W/{tag}', ",", "W/*"):
        expect(f"If-Match: {wrong}", edit(("If-Match", wrong)), 412, "api.changed_meanwhile")
    for right in (tag, "*", f'"x", {tag}', f'{tag},"x"', f" {tag} "):
        expect(f"If-Match: {right}", edit(("If-Match", right)), 200)


def guessing(town):
    """Guesses are slowed where they come from; no answer tells which names there are."""

    def try_in(login, password="wrong"):
        body = json.dumps({"login": login, "password": password}).encode()
        return town.ask("POST", "/api/v1/sessions", [JSON], body)

    there, not_there = try_in("grid"), try_in("nobody at all")
    for name, answer in (("a name", there), ("no name", not_there)):
        check_refusal(answer, 401, "identity.sign_in_refused", language=None)
    if there.problem["detail"] != not_there.problem["detail"]:
        raise Wrong("the words tell which names there are")
    seen = [try_in("grid").status for _ in range(12)]
    if 429 not in seen or 200 in seen:
        raise Wrong(f"guesses: {seen}")
    late = try_in("grid")
    if late.status == 429 and not late.problem["detail"]:
        raise Wrong("it is not told how long to wait")
    expect("another name", try_in("subordinate", PASSWORD), 201)


def suite(town, tally):
    chief = Person(town, "chief")
    tally.test("headers", headers, town, chief)
    tally.test("pages say nothing back", pages_say_nothing_back, town)
    tally.test("forgery", forgery, town, chief)
    tally.test("other sites", other_sites, town, chief)
    tally.test("fixation", fixation, town)
    tally.test("renewal", renewal, town)
    tally.test("streams", streams, town)
    tally.test("tokens", tokens, town, chief)
    tally.test("keys", keys, town, chief)
    tally.test("tags", tags, town, chief)
    tally.test("keys after a restart", keys_after_a_restart, town, chief)
    tally.test("guessing", guessing, town)


if __name__ == "__main__":
    run_suite(__doc__, suite)
