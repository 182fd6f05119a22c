#!/usr/bin/python3
"""Bodies, uploads, queries and ranges that are not what they should be.

Run: tests/faults/hostile_bodies.py --jishi build/release/jishi

JSON is sent to the preview of a command by somebody who may give it, uploads to an import: all but
what is refused would be taken. Nothing else happens: no fact, no file, no memory to speak of.
"""

import json
import select
import threading

from common import Wrong
from hostile_town import JSON, Person, check_refusal, nothing_happens, run_suite
from raw_http import Peer, becomes, request

MULTIPART = "multipart/form-data; boundary=b"


def no_json():
    return {
        "nothing that begins": b"}",
        "cut off": b'{"name":"x"',
        "two values": b'{"name":"x"}{}',
        "more behind it": b'{"name":"x"} x',
        "a byte order mark": b'\xef\xbb\xbf{"name":"x"}',
        "a comma too many": b'{"name":"x",}',
        "a comment": b'{"name":"x"/**/}',
        "single quotes": b"{'name':'x'}",
        "a bare word": b"{name:1}",
        "NaN": b'{"name":NaN}',
        "Infinity": b'{"name":-Infinity}',
        "a number with a zero in front": b'{"name":01}',
        "a hexadecimal number": b'{"name":0x1}',
        "an exponent past all": b'{"name":1e-99999999999}',
        "a number past all": b'{"name":1e999}',
        "and below": b'{"name":-2e308}',
        "a raw control sign": b'{"name":"a\x01b"}',
        "a raw NUL": b'{"name":"a\x00b"}',
        "a raw line break": b'{"name":"a\nb"}',
        "half of a pair": b'{"name":"\\ud800"}',
        "the other half": b'{"name":"\\udc00x"}',
        "an escape that is none": b'{"name":"\\x41"}',
        "10,000 lists": b"[" * 10_000,
        "10,000 objects": b'{"name":' * 10_000,
        "10,000 whole lists": b"[" * 10_000 + b"]" * 10_000,
        "33 deep": b"[" * 33 + b"]" * 33,
        "UTF-16": '{"name":"x"}'.encode("utf-16-le"),
    }


def texts():
    """(name, body, status, code) of `{"name": …, "on": …}`."""
    for name, body in no_json().items():
        yield name, body, 400, "base.json_malformed"
    for name, body in {
        "a byte that is none": b'{"name":"\xff"}',
        "overlong": b'{"name":"\xc0\xaf"}',
        "a surrogate": b'{"name":"\xed\xa0\x80"}',
        "cut in a sign": b'{"name":"\xe5\xbc"}',
        "GB18030": '{"name":"张三"}'.encode("gb18030"),
    }.items():
        yield name, body, 400, "http.not_utf8"
    yield "a key twice", b'{"name":"a","name":"b"}', 400, "base.json_key_twice"
    yield "a key twice, escaped", b'{"name":"a","n\\u0061me":"a"}', 400, "base.json_key_twice"
    for sign in ("\\u0000", "\\u0007", "\\u001b", "\\b", "\\u007f"):
        yield f"{sign} in a name", f'{{"name":"a{sign}b"}}'.encode(), 400, "base.json_control_sign"
    for name, body in {
        "a list": b"[]",
        "null": b"null",
        "a text": b'"x"',
        "a number": b"1",
    }.items():
        yield name, body, 400, "base.json_expected_object"
    for number in ("1", "1e-400", "18446744073709551616", "-0", "true", "null", "[]", "{}"):
        body = f'{{"name":{number}}}'.encode()
        yield f"a name that is {number}", body, 400, "base.json_expected_text"
    for day in (
        '"2026-02-30"',
        '"0000-01-01"',
        '"2026-1-1"',
        '"99999-01-01"',
        "20260101",
        '"2026-01-01\\u0000"',
    ):
        body = f'{{"name":"x","on":{day}}}'.encode()
        yield f"a day that is {day}", body, 400, "base.json_expected_date"
    yield "an unknown member", b'{"name":"x","nmae":"y"}', 400, "base.json_unknown"
    yield "a member of the language", b'{"name":"x","__proto__":{}}', 400, "base.json_unknown"
    yield "what the address says", b'{"name":"x","organisation":"1"}', 400, "api.said_by_address"
    yield "nothing", b"{}", 400, "base.json_missing"
    yield "a huge text", b'{"name":"' + b"a" * 1_000_000 + b'"}', 400, "registry.name_too_long"
    yield "a huge number", b'{"name":' + b"9" * 900_000 + b"}", 400, "base.json_malformed"
    yield "too much", b'{"name":"' + b"a" * 1_048_576 + b'"}', 413, "http.body_too_large"
    yield "blanks alone", b" \r\n\t", 400, "base.json_malformed"


def wholes():
    """(name, body): what is unusual and right."""
    yield "escapes", rb'{"name":"\u652f\u90e8\u4e00"}'
    yield "a sign past the basic plane", r'{"name":"\ud840\udfb7支部"}'.encode()
    yield "blanks around", b' \r\n\t{ "name" : "\xe6\x94\xaf\xe9\x83\xa8" } \n'
    yield "a day that is null", '{"name":"支部","on":null}'.encode()


def shown_name(town, chief, name):
    """A name as a command keeps it."""
    answer = chief.ask(
        "POST",
        f"/api/v1/organisations/{town.known['E1']}/names?preview=true",
        [JSON],
        json.dumps({"name": name}).encode(),
    )
    if answer.status != 200:
        raise Wrong(f"{name!a}: {answer}")
    return json.dumps(answer.json, ensure_ascii=False)


def hidden_signs(town, chief):
    """What nobody sees does not get into a name: another order, another breadth, nothing at all."""
    for hidden in ("\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u061c"):
        shown = shown_name(town, chief, f"东街{hidden}新支部")
        if "东街新支部" not in shown:
            raise Wrong(f"{hidden!a} stays: {shown!a}")


def queries():
    members = "/members?limit="
    for name, query, code in (
        ("a number that is none", members + "abc", "base.json_expected_integer"),
        ("a broken number", members + "1.0", "base.json_expected_integer"),
        ("an exponent", members + "1e1", "base.json_expected_integer"),
        ("past 64 bits", members + "18446744073709551616", "base.json_expected_integer"),
        ("past its type", members + "4294967296", "base.json_expected_integer"),
        ("negative", members + "-1", "api.limit_out_of_range"),
        ("none", members + "0", "api.limit_out_of_range"),
        ("too many", members + "1000000", "api.limit_out_of_range"),
        ("a name twice", members + "1&limit=1", "api.query_twice"),
        ("an unknown name", "/members?limmit=1", "base.json_unknown"),
        ("a token in the address", "/members?access_token=jishi_00", "base.json_unknown"),
        ("a page that is none", "/members?after=x", "api.page_unknown"),
        ("a page of statements", "/members?after=1%27--", "api.page_unknown"),
        ("an order that is none", "/members?order=name;drop", "base.json_expected_word"),
        ("an order with a NUL", "/members?order=name%00", "http.target_invalid"),
        ("a field that is none", "/members?fields=citizen_id", "api.field_unknown"),
        ("a format that is none", "/members?format=../x", "api.format_unknown"),
    ):
        yield name, query, code


def parts(*lines):
    return "\r\n".join([*lines, ""]).encode("utf-8", "surrogateescape")


def disposition(name, file=None):
    return f'Content-Disposition: form-data; name="{name}"' + (
        f'; filename="{file}"' if file else ""
    )


def uploads():
    """(name, body, status, code) of an import."""
    table = parts("--b", disposition("files", "a.csv"), "", "x", "--b--")
    bad = {
        "nothing": b"x",
        "no boundary": b"x" * 9_000,
        "cut before the end": table[:-4],
        "cut in a boundary": table[:-6],
        "another boundary": table.replace(b"--b", b"--bb"),
        "no name": parts("--b", "Content-Disposition: form-data", "", "1", "--b--"),
        "an empty name": parts("--b", disposition(""), "", "1", "--b--"),
        "no disposition": parts("--b", "Content-Type: text/csv", "", "1", "--b--"),
        "a name with a NUL": parts("--b", disposition("a\0b"), "", "1", "--b--"),
        "a name of other bytes": parts("--b", disposition("\udcff"), "", "1", "--b--"),
        "an endless part header": parts("--b", "X: " + "x" * 20_000, "", "1", "--b--"),
    }
    for name, body in bad.items():
        yield name, body, 400, "http.multipart_invalid"
    part = parts("--b", disposition("map"), "", "a=b")
    yield "10,000 parts", part * 10_000 + b"--b--", 400, "http.too_many_parts"
    file = parts("--b", disposition("files", "a.csv"), "", "x")
    yield "10,000 files", file * 10_000 + b"--b--", 400, "http.too_many_parts"
    yield "a field of 100 KB", parts(
        "--b", disposition("source"), "", "x" * 100_000, "--b--"
    ), 400, "http.part_too_large"
    yield "a field of other bytes", parts(
        "--b", disposition("source"), "", "\udcff", "--b--"
    ), 400, "http.not_utf8"
    yield "a NUL in a field", parts(
        "--b", disposition("source"), "", "a\0b", "--b--"
    ), 400, "http.control_sign"
    yield "only the end", b"x\r\n--b--\r\nmore", 400, "intake.nothing_uploaded"
    yield "no file", parts(
        "--b", disposition("source"), "", "x", "--b--"
    ), 400, "intake.nothing_uploaded"
    for name in ("..", ".", "../..", "a/", "C:\\\\"):
        yield f"a file called {name}", parts(
            "--b", disposition("files", name), "", "x", "--b--"
        ), 400, "intake.file_twice"
    yield "a name twice", file * 2 + b"--b--", 400, "intake.file_twice"
    yield "a name twice by tricks", file + file.replace(
        b"a.csv", b"../../a.csv"
    ) + b"--b--", 400, "intake.file_twice"


def reads_of(town):
    """Files that were opened outside of the data folder would show here."""
    outside = town.world.folder.parent
    return {path.name for path in outside.iterdir() if path.name in ("passwd", "a.csv", "evil.csv")}


def names_of_files(town, chief):
    """Whatever a file is called, it lies in its job's folder, which tells of its plain name."""
    for given, plain in (
        ("../../evil.csv", "evil.csv"),
        ("/etc/passwd", "passwd"),
        ("C:\\\\a.csv", "a.csv"),
        ("名册\u202excod.csv", "名册xcod.csv"),
        (".hidden.csv", "hidden.csv"),
        ("x" * 5_000 + ".csv", "x" * 196 + ".csv"),
        ("a\tb.csv", "ab.csv"),
    ):
        body = parts("--b", disposition("files", given), "", "姓名", "--b--")
        answer = chief.ask(
            "POST",
            f"/api/v1/organisations/{town.known['E1']}/imports",
            [("Content-Type", MULTIPART)],
            body,
        )
        if answer.status != 202:
            raise Wrong(f"{given[:40]!a}: {answer}")
        job = f"/api/v1/jobs/{answer.json['id']}"
        if not becomes(lambda: chief.ask("GET", job).json["state"] in ("done", "failed")):
            raise Wrong(f"{given[:40]!a}: the job does not end")
        if plain not in chief.ask("GET", job).body.decode():
            raise Wrong(f"{given[:40]!a}: {chief.ask('GET', job)}")
    if not becomes(lambda: not town.left_files()) or reads_of(town):
        raise Wrong(f"files were left: {town.left_files()} {reads_of(town)}")


def ranges(town, chief):
    """Ranges of an export; what cannot be read gets the whole."""
    export = f"/api/v1/organisations/{town.known['E1']}/members?format=csv"
    whole = chief.ask("GET", export).body
    size = len(whole)
    cases = [
        ("bytes=0-0", 206, whole[:1]),
        ("bytes=-5", 206, whole[-5:]),
        ("bytes=5-", 206, whole[5:]),
        (f"bytes=0-{10**30}", 200, whole),
        ("bytes=0-18446744073709551615", 206, whole),
        (f"bytes={size}-", 416, b""),
        ("bytes=-0", 416, b""),
        ("bytes=5-2", 200, whole),
        ("bytes=0-1,3-4", 200, whole),
        ("bytes=--1", 200, whole),
        ("lines=0-1", 200, whole),
        ("bytes=", 200, whole),
        ("bytes=-", 200, whole),
        (f"bytes=-{size + 9}", 206, whole),
        (",".join(f"{n}-{n}" for n in range(1000)), 200, whole),
    ]
    for wanted, status, body in cases:
        answer = chief.ask("GET", export, [("Range", wanted)])
        if (answer.status, answer.body) != (status, body):
            raise Wrong(f"{wanted[:40]}: {answer}, expected {status} of {len(body)} bytes")


def many_large_bodies(town, chief):
    """Bodies that are nearly there, more than may be held: told so, and the memory stays."""
    before = town.figure("jishi_resident_bytes")
    target = f"/api/v1/organisations/{town.known['E1']}/names?preview=true"
    body = b'{"name":"' + b"a" * 1_000_000
    peers = [Peer(town.port) for _ in range(400)]

    def send(some):
        for peer in some:
            peer.send(
                request(
                    "POST",
                    target,
                    [*chief.headers, JSON, ("Content-Length", 1_000_100)],
                    host="localhost",
                )
                + body
            )

    threads = [threading.Thread(target=send, args=(peers[part::8],)) for part in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    waiting, told, grown = {peer.socket: peer for peer in peers}, [], 0

    def enough_are_told():
        # What was sent lies with the system until the server has had its turn to read it.
        nonlocal grown
        for answered in select.select(list(waiting), [], [], 0.1)[0]:
            told.append(waiting.pop(answered).answer().status == 503)
        grown = max(grown, town.figure("jishi_resident_bytes") - before)
        return sum(told) >= 50

    enough = becomes(enough_are_told)
    for peer in peers:
        peer.socket.close()
    if not enough or grown > 400e6:
        raise Wrong(f"{sum(told)} were told to wait; {grown / 1e6:.0f} MB were taken")
    if town.ask("GET", "/healthz").status != 200:
        raise Wrong("it does not answer any more")


def cookies(town, chief):
    """Cookies that are no session's are nobody's; what is around the right one does no harm."""
    session = chief.cookies["jishi_session"]
    cases = [
        ("jishi_session=" + "a" * 8_000, 401),
        ("jishi_session=", 401),
        ("jishi_session", 401),
        ("jishi_session=' or 1=1 --", 401),
        ("jishi_session=" + session[:-1], 401),
        ("jishi_session=" + session + "0", 401),
        ("Jishi_Session=" + session, 401),
        ("__Host-jishi_session=" + session, 401),
        (f'jishi_session="{session}"', 200),
        (f"a=b;;; jishi_session={session} ;c", 200),
        (f"a=\u00e9; jishi_session={session}", 200),
        ("; ".join(f"x{n}=1" for n in range(60)) + f"; jishi_session={session}", 200),
        ("; ".join(f"x{n}=1" for n in range(200)) + f"; jishi_session={session}", 401),
        (f"jishi_session=x; jishi_session={session}", 401),
        (f"jishi_session={session}; jishi_session=x", 200),
    ]
    for cookie, status in cases:
        answer = town.ask("GET", "/api/v1/session", [("Cookie", cookie)])
        if answer.status != status:
            raise Wrong(f"{cookie[:80]!a}: {answer}, expected {status}")


def suite(town, tally):
    chief = Person(town, "chief")
    place = f"/api/v1/organisations/{town.known['E1']}"

    def refused(target, kind, body, status, code):
        with Peer(town.port) as peer:
            peer.send(
                town.bytes(
                    "POST",
                    target,
                    [*chief.headers, ("Content-Type", kind), ("Accept-Language", "en")],
                    body,
                )
            )
            check_refusal(peer.answer(), status, code)

    def preview(name, body):
        answer = chief.ask("POST", f"{place}/names?preview=true", [JSON], body)
        if answer.status != 200 or answer.header("preview") != "true":
            raise Wrong(f"{name}: {answer}")

    def tables():
        with nothing_happens(town):
            for name, body, status, code in texts():
                tally.test(
                    f"JSON: {name}",
                    refused,
                    f"{place}/names?preview=true",
                    JSON[1],
                    body,
                    status,
                    code,
                )
            for name, body in wholes():
                tally.test(f"JSON: {name}", preview, name, body)
            for name, body, status, code in uploads():
                tally.test(
                    f"upload: {name}", refused, f"{place}/imports", MULTIPART, body, status, code
                )
            for name, query, code in queries():
                answer = chief.ask("GET", place + query, [("Accept-Language", "en")])
                tally.test(f"query: {name}", check_refusal, answer, 400, code)

    tally.test("what is refused leaves nothing", tables)
    tally.test("hidden signs", hidden_signs, town, chief)
    tally.test("cookies", cookies, town, chief)
    tally.test("many large bodies", many_large_bodies, town, chief)
    tally.test("names of files", names_of_files, town, chief)
    tally.test("ranges", ranges, town, chief)


if __name__ == "__main__":
    run_suite(__doc__, suite)
