#!/usr/bin/python3
"""Hundreds read slowly or write slowly: the others are not held up, and the end comes in time.

Run: slow_clients.py --jishi PATH [--members 300] [--readers 500] [--exports 24] [--writers 32]

Most of the readers listen to events, some take a large export along, and none of them reads; others
send headers and bodies a byte a second. Then SIGTERM under load: what runs is answered, streams
end in good order, the exit status is 0.
"""

import json
import signal
import socket
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from common import Tally, Wrong, folder, parse_arguments
from peers import Dripping, Half, Peer
from serving import City, until
from writers import Writers

LOGINS = tuple(f"secretary{number}" for number in range(1, 9))  # 64 streams each at most
# An export is larger than what a machine takes off the server's hands for a peer (some 3 MB).
ACTIVITIES, TOPIC = 5000, "关于" + "认真学习并结合实际" * 30 + "的主题党日"
SAMPLES = 300
SLOWEST_S = 5.0  # of any request of those who are quick
MORE_MEMORY_MB = 250
BODY_TIMEOUT_S, HEADER_TIMEOUT_S = 30, 10  # the server's
DRIPPING = 20
# The server lets what runs end for ten seconds, then cuts.
DRAIN_S, QUICK_DRAIN_S = 20, 8


def top_of(city):
    return f"/api/v1/organisations/{city.top}"


def sample(city):
    """Seconds that requests of somebody who is quick take."""
    top, times = top_of(city), []
    paths = (top, f"{top}/members?limit=50", f"{top}/children", f"{top}/lights?limit=20")
    for number in range(SAMPLES):
        started = time.monotonic()
        answer = city.chief.send("GET", paths[number % len(paths)])
        times.append(time.monotonic() - started)
        if answer.status != 200:
            raise Wrong(f"GET {paths[number % len(paths)]}: {answer.status} {answer.body[:200]}")
    return times


def peers(city, stack, path, count, small=True):
    """Peers of all accounts by turns, who asked for `path` and read no more than its status."""
    people = list(city.people.values())
    asked = [stack.enter_context(Peer(city.port, small)).ask(people[place % len(people)], path)
             for place in range(count)]
    for peer in asked:
        if (status := peer.status()) != 200:
            raise Wrong(f"{path} was answered {status}")
    return asked


def dripping(city):
    """Those who send a body slowly, and those who send a header slowly."""
    body = (f"POST {top_of(city)}/activities HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Cookie: {city.chief.cookie}\r\nX-CSRF-Token: {city.chief.csrf}\r\n"
            "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{").encode()
    header = b"GET / HTTP/1.1\r\nHost: 127.0"
    return tuple([Dripping(city.port, text) for _ in range(DRIPPING)] for text in (body, header))


def hold_dripping(slow, code, timeout_s):
    for peer in slow:
        peer.thread.join(timeout_s + 30)
        if peer.answer is None or not peer.answer.startswith(b"HTTP/1.1 408 "):
            raise Wrong(f"answered after {peer.took_s} s: {peer.answer}")
        if code.encode() not in peer.answer or peer.took_s < timeout_s - 1:
            raise Wrong(f"answered after {peer.took_s:.1f} s: {peer.answer}")


def hold_whole(peer):
    """Whoever reads at last is given the whole table."""
    header, _, body = peer.rest().partition(b"\r\n\r\n")
    length = int(header.lower().partition(b"content-length:")[2].split()[0])
    if len(body) != length:
        raise Wrong(f"{len(body)} bytes came of {length}")


def others_are_not_held_up(city, writers, readers, exporting):
    memory = lambda: city.metric("jishi_resident_bytes") / 1e6  # noqa: E731
    city.serve()
    with ThreadPoolExecutor(exporting) as pool:  # so that its readers have their pages in memory
        list(pool.map(city.chief.send, ["GET"] * exporting,
                      [f"{top_of(city)}/activities?format=csv"] * exporting))
    calm, before = sample(city), memory()
    with ExitStack() as stack:
        bodies, headers = dripping(city)
        peers(city, stack, "/api/v1/events", readers - exporting)
        exports = peers(city, stack, f"{top_of(city)}/activities?format=csv", exporting)
        writers.start()
        busy = sample(city)
        # Whoever listens and does not read is cut off, and nobody waits for them.
        until(lambda: city.metric("jishi_live_listeners") == 0 or writers.complaints,
              "those who do not read are cut off")
        writers.stop()
        more = memory() - before
        for peer in exports[:5]:
            hold_whole(peer)
    half = [1000 * statistics.median(times) for times in (calm, busy)]
    print(f"{readers} slow readers: half of the others within {half[1]:.1f} ms (without them "
          f"{half[0]:.1f}), the slowest {max(busy):.2f} s, {more:.0f} MB more")
    if max(busy) > SLOWEST_S or more > MORE_MEMORY_MB:
        raise Wrong(f"no more than {SLOWEST_S} s and {MORE_MEMORY_MB} MB were expected")
    hold_dripping(headers, "http.header_timeout", HEADER_TIMEOUT_S)
    hold_dripping(bodies, "http.body_timeout", BODY_TIMEOUT_S)
    writers.settle()
    writers.hold_present()
    city.stop()


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
        return True
    except OSError:
        return False


def ends_in_time(city, writers, slow, within_s):
    """SIGTERM while some write, some listen, some are half done, and `slow` do not take theirs."""
    city.serve()
    with ExitStack() as stack:
        streams = peers(city, stack, "/api/v1/events", 8, small=False)
        peers(city, stack, f"{top_of(city)}/activities?format=csv", slow)
        commands = [writers.next(0) for _ in range(8)]
        halves = [stack.enter_context(Half(city.chief, command)) for command in commands]
        if not all(half.begun for half in halves):
            raise Wrong("a command was not waited for")
        wanted = writers.answered + 5 * writers.count
        writers.start()
        until(lambda: writers.answered >= wanted or writers.complaints, "answers before it")
        process, city.process = city.process, None
        process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        until(lambda: not listens(city.port), "nobody new is let in")
        for half, command in zip(halves, commands):
            header, _, body = half.finish().partition(b"\r\n\r\n")
            if not header.startswith(b"HTTP/1.1 201 "):
                raise Wrong(f"a command that had begun was answered {header[:200]}")
            command.answer = json.loads(body)
        for stream in streams:
            stream.rest()
        try:
            status = process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Wrong(f"it did not end within {within_s} s") from None
        took_s = time.monotonic() - started
        print(f"beside {slow} slow ones it ended after {took_s:.1f} s")
        if status != 0:
            raise Wrong(f"it ended with {status}")
        writers.stop()
    city.serve()
    writers.settle()
    writers.hold_present()
    city.stop()


def main():
    arguments = parse_arguments(__doc__, members=300, readers=500, exports=24,
                                writers=32)
    tally = Tally()
    with folder() as root:
        city = City(arguments.jishi, root)
        city.fill(arguments.members, LOGINS)
        writers = Writers(city, arguments.writers)
        path, writers.besides = city.activities_file(ACTIVITIES, TOPIC)
        city.do("import", path)
        try:
            tally.test("others are not held up", others_are_not_held_up, city, writers,
                       arguments.readers, arguments.exports)
            city.close()
            tally.test("it ends in time", ends_in_time, city, writers, 0, QUICK_DRAIN_S)
            city.close()
            tally.test("it ends in time, whoever is slow", ends_in_time, city, writers,
                       arguments.exports // 4, DRAIN_S)
        finally:
            city.close()
    tally.close()


if __name__ == "__main__":
    main()
