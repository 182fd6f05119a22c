#!/usr/bin/python3
"""What the server leaves on the disk: modes, leftovers of a kill, and no secret in clear.

Run: tests/faults/hostile_files.py --jishi build/release/jishi
"""

import json
import os
import re
import stat
from pathlib import Path

from common import Place, Tally, Wrong, finish, folder, parse_arguments
from served import JSON, PASSWORD, Served


def modes(place):
    """Whatever umask it was started with: nobody else reads what it writes."""
    with Served(place) as served:
        served.enter()
        place.run("--lang", "en", "doctor", "--data", place.data, status=1)  # in use: told, no more
    place.run("backup", "--data", place.data, os.path.join(place.root, "copy.backup"))
    for top in (
        place.data,
        place.environment["JISHI_KEYS"],
        os.path.join(place.root, "copy.backup"),
    ):
        paths = [Path(top), *Path(top).rglob("*")] if os.path.isdir(top) else [Path(top)]
        for path in paths:
            mode = stat.S_IMODE(path.stat().st_mode)
            if mode & 0o077:
                raise Wrong(f"{path}: {mode:o}")
    key = next(Path(place.environment["JISHI_KEYS"]).glob("*.key"))
    for mode in (0o640, 0o604, 0o644):
        key.chmod(mode)
        done = finish(place.start("serve", "--data", place.data, "--lang", "en", "--port", "0"))
        if done.status != 3 or f"chmod 600 {key}" not in done.errors:
            raise Wrong(f"a key of mode {mode:o}: exit {done.status}: {done.errors}")
    key.chmod(0o600)
    Path(place.data).chmod(0o755)
    (Path(place.data) / "jishi.sqlite").chmod(0o644)
    told = place.run("--lang", "en", "doctor", "--data", place.data, status=1)
    if b"chmod -R go=" not in told.output:
        raise Wrong(f"the doctor sees no open file: {told.output}")


def leftovers(place):
    """What a kill left in the middle of uploads and exports is gone with the next start."""
    uploads = Path(place.data) / "uploads"
    with Served(place) as served:
        served.process.kill()
        served.process.wait()
    for name in ("upload-17", "export-0123456789abcdef", "914.xlsx.part"):
        (uploads / name).write_bytes(b"personal")
    with Served(place):
        if left := sorted(path.name for path in uploads.iterdir()):
            raise Wrong(f"left: {left}")


def secrets_nowhere(place):
    """No password or token stands in the store, the log or a backup."""
    with Served(place) as served:
        entered = served.enter()
        cookies = [cookie.split(";")[0].split("=")[1] for cookie in entered.headers["set-cookie"]]
        secrets = [PASSWORD, served.token, *cookies, entered.json["csrf"]]
        headers = [
            ("Cookie", f"jishi_session={cookies[0]}"),
            ("X-CSRF-Token", entered.json["csrf"]),
        ]
        proposed = served.ask(
            "POST",
            "/api/v1/session/second-factor",
            [*headers, JSON],
            json.dumps({"password": PASSWORD}).encode(),
        )
        secrets.append(proposed.json["secret"])
        served.ask(
            "POST",
            "/api/v1/sessions",
            [JSON],
            json.dumps({"login": "not-a-name-4711", "password": "not-a-password-4711"}).encode(),
        )
        secrets += ["not-a-password-4711", "not-a-name-4711"]
        said = served.said().replace("used: " + served.token, "")
    place.run("backup", "--data", place.data, os.path.join(place.root, "copy.backup"))
    held = said.encode() + Path(place.root, "copy.backup").read_bytes()
    held += b"".join(path.read_bytes() for path in Path(place.data).rglob("*") if path.is_file())
    for secret in secrets:
        binary = (
            bytes.fromhex(secret) if re.fullmatch(r"([0-9a-f]{2})+", secret) else secret.encode()
        )
        if secret.encode() in held or binary in held:
            raise Wrong(f"it stands there: {secret}")


def password_of_a_database(place):
    """The address of a database is told without its password."""
    url = "postgres://jishi:topsecret4711@127.0.0.1:1/jishi"
    for words in (["serve", "--port", "0"], ["doctor"], ["verify"]):
        done = finish(place.start("--db", url, "--data", place.data, *words))
        if done.status not in (1, 3) or "topsecret4711" in done.errors + done.output.decode():
            raise Wrong(f"{words}: exit {done.status}: {done.errors}")


def as_root(place):
    with Served(place) as served:
        if ("Running as root" in served.said()) != (os.geteuid() == 0):
            raise Wrong(f"as user {os.geteuid()}: {served.said()}")


def main():
    arguments = parse_arguments(__doc__)
    tally = Tally()
    for case in (modes, leftovers, secrets_nowhere, password_of_a_database, as_root):
        with folder() as root:
            tally.test(case.__name__.replace("_", " "), case, Place(arguments.jishi, root))
    tally.close()


if __name__ == "__main__":
    main()
