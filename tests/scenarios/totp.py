"""An authenticator: codes of RFC 6238, none of them used twice."""

import base64
import hashlib
import hmac
import time

STEP_S = 30
SPARE_S = 3


def code_at(secret, step):
    """The six digits of a step; `secret` in base32, as the API tells it."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, step.to_bytes(8, "big"), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at:at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


class Authenticator:
    """Gives codes that the server still takes: it takes each once, one step either way."""

    def __init__(self, secret):
        self.secret, self.last, self.recovery_codes = secret, 0, []

    def code(self):
        # The step before counts, too, but not when this one is about to end.
        step = max(self.last + 1, int(time.time() - STEP_S + SPARE_S) // STEP_S)
        while step > int(time.time()) // STEP_S + 1:  # used up: the next one has to come first
            time.sleep(0.2)
        self.last = step
        return code_at(self.secret, step)


_AUTHENTICATORS = {}


def of_secret(secret):
    """The one authenticator with this secret: it knows which codes it has shown."""
    return _AUTHENTICATORS.setdefault(secret, Authenticator(secret))


def shown(secret):
    """What an authenticator with this secret shows next."""
    return of_secret(secret).code()


def enrol(client, password):
    """Turns two-factor sign-in on for whoever is signed in; answers their authenticator."""
    proposed = client.send("POST", "/api/v1/session/second-factor", {"password": password})
    made = of_secret(proposed.json["secret"])
    confirmed = client.send("PUT", "/api/v1/session/second-factor", {"code": made.code()})
    client.enter(confirmed)  # its session goes on by another token
    made.recovery_codes = confirmed.json["codes"]
    return made
