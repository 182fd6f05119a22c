#!/usr/bin/python3
"""Half load for ten minutes: memory stays flat, answers at the end are as quick as at the start.

Run: soak.py --jishi PATH [--seconds 600] [--members 20000] [--write docs/generated/performance.md]

First the same users show how many requests they get answered when none of them rests; then they
send half as many. Archive pages, lists, searches, commands and streams of events all the while; now
and then an import, an export, a sign-in. Every 30 seconds a line says how the server is. Fails when
memory, open files or threads grow, answers become slower, one is wrong, or facts stay behind.

Run: soak.py --jishi PATH --try       each kind of request once, on a small city: do they still fit?
"""

import argparse
import asyncio
import csv
import http.client
import multiprocessing
import os
import queue
import statistics
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "faults"))
from common import Wrong, folder  # noqa: E402
from page import Figure, conclude  # noqa: E402
from serving import LOGINS, PASSWORD, City, Client, until  # noqa: E402
from users import Times, Town, Window, each_once, work  # noqa: E402

PROCESSES, USERS, LISTENERS = 2, 16, 25  # users and listeners of a process
TRIAL_S = 10
TRY_MEMBERS = 1000
WINDOW_S, SHOWN_S = 5, 30
IMPORT_EVERY_S, EXPORT_EVERY_S, SIGN_IN_EVERY_S = 45, 20, 10
IMPORT_ROWS = 500
CATCH_UP_S = 60
# What is expected. The server keeps pages, plans and rolls in memory: at first it grows.
WARM_UP = 1 / 3  # of the time
GROWTH_MB, GROWTH_SHARE = 30, 0.15  # of memory over the rest, whichever is more
MORE_FILES, MORE_THREADS = 20, 4
SLOWER, SLOWER_MS = 2.0, 10  # the last third to the one before, of the slowest hundredth


@dataclass
class Sample:
    """How the server is at a moment."""

    at_s: float
    memory_mb: float  # its own; what it shares with files is left out
    files: int
    threads: int
    behind: int
    times: Times  # of the answers since the one before

    @property
    def p99_ms(self):
        return self.times.quantile_ms(0.99)


def make_city(program, root, members):
    city = City(program, root)
    print(f"a demo city of {members} members …", flush=True)
    city.do("demo", "--members", str(members))
    city.let_in(LOGINS, place=None)
    return city


def town_of(city):
    numbers = lambda sql: [int(number) for number, in city.rows(sql)]  # noqa: E731
    words = [f"{number:02d}" for number in range(10)] + ["zhang", "liw", "wangj", "王", "第一"]
    return Town(city.port, city.chief.cookie, city.chief.csrf,
                numbers("select person from registry_published_member where person % 3 = 0"
                        # Dues of a month are of who was a member then, and is.
                        " and status = 'normal' and stage = 'full'"),
                numbers("select id from registry_organisation where kind like '%branch%'"
                        " and ended is null"),
                [quote(word) for word in words], city.today(150)[:7], city.today(2))


class Crowd:
    """The users of all processes, from start() to the end of their time."""

    def __init__(self, town, name, rate, seconds):
        context = multiprocessing.get_context("spawn")
        self.queue, self.left, self.window = context.Queue(), PROCESSES, Window()
        self.processes = [context.Process(target=work, daemon=True, args=(
            town, f"{name}-{number}", USERS, LISTENERS, rate and rate / PROCESSES, seconds,
            self.queue, WINDOW_S / 5)) for number in range(PROCESSES)]
        for process in self.processes:
            process.start()

    def gather(self, seconds):
        """What was answered within so many seconds, or None at the end."""
        window, end = Window(), time.monotonic() + seconds
        while self.left and (rest := end - time.monotonic()) > 0:
            try:
                told = self.queue.get(timeout=rest)
            except queue.Empty:
                break
            if told is None:
                self.left -= 1
            else:
                window.join(told)
        return window if self.left or window.times else None


class NowAndThen:
    """Does something every so often on a thread of its own; keeps what went wrong."""

    def __init__(self, every_s, do):
        self.every_s, self.do, self.times, self.wrong = every_s, do, [], []
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.work, daemon=True)
        self.thread.start()

    def work(self):
        while not self.stopping.wait(self.every_s):
            started = time.monotonic()
            try:
                self.do(len(self.times))
            except (Wrong, OSError, http.client.HTTPException) as error:
                self.wrong.append(str(error))
            self.times.append(time.monotonic() - started)

    def stop(self):
        self.stopping.set()
        self.thread.join()


def import_some(city, branches):
    def do(number):
        path = os.path.join(city.root, f"soak-{number}.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["组织代码", "活动类别", "日期", "主题"])
            for row in range(IMPORT_ROWS):
                rows.writerow([branches[row % len(branches)], "主题党日", city.today(5),
                               f"第{number}次导入的第{row}项"])
        city.end_import(city.begin_import(path))
        os.unlink(path)
    return do


def export_some(city):
    def do(number):
        kind = ("csv", "xlsx")[number % 2]
        answer = city.chief.send("GET", f"/api/v1/organisations/{city.top}/members?format={kind}",
                                 timeout=120)
        if answer.status != 200 or len(answer.body) < 10_000:
            raise Wrong(f"export as {kind}: {answer.status} {answer.body[:200]}")
    return do


def sign_in_some(city):
    def do(_):
        client = Client(city.port)
        answer = client.send("POST", "/api/v1/sessions",
                             {"login": LOGINS[1], "password": PASSWORD})
        if answer.status == 201:
            client.enter(answer)
            answer = client.send("DELETE", "/api/v1/session")
        if answer.status >= 300:
            raise Wrong(f"signing in or out: {answer.status} {answer.body[:200]}")
    return do


def look(city, window, at_s):
    pid = city.process.pid
    with open(f"/proc/{pid}/status", encoding="utf-8") as file:
        status = dict(line.split(":", 1) for line in file)
    return Sample(at_s, int(status["RssAnon"].split()[0]) / 1024,
                  len(os.listdir(f"/proc/{pid}/fd")), int(status["Threads"]),
                  int(city.metric("jishi_lights_behind")), window.all())


def show(samples):
    """A line for the time since the last one."""
    last, times = samples[-1], Times()
    for sample in samples:
        times.join(sample.times)
    print(f"{last.at_s:5.0f} s  {times.total() / SHOWN_S:6.0f}/s  "
          f"p50 {times.quantile_ms(0.5):6.1f} ms  p99 {times.quantile_ms(0.99):6.1f} ms  "
          f"memory {last.memory_mb:6.1f} MB  files {last.files:4d}  threads {last.threads:3d}  "
          f"behind {last.behind:6d}", flush=True)


def slope(points):
    """Least squares: by how much y grows with x."""
    mean_x = statistics.mean(x for x, _ in points)
    mean_y = statistics.mean(y for _, y in points)
    square = sum((x - mean_x) ** 2 for x, _ in points)
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / square if square else 0.0


def trial(town):
    """How many requests a second are answered when nobody rests."""
    crowd, whole = Crowd(town, "trial", None, TRIAL_S), Window()
    while (window := crowd.gather(WINDOW_S)) is not None:
        whole.join(window)
    if whole.wrong:
        raise Wrong(f"wrong answers in the trial: {whole.wrong.most_common(3)}")
    return whole.all().total() / TRIAL_S


def soak(city, town, rate, seconds):
    """(samples, everything that was answered)."""
    crowd, whole, samples = Crowd(town, "soak", rate, seconds), Window(), []
    started, shown = time.monotonic(), 0
    while (window := crowd.gather(WINDOW_S)) is not None:
        whole.join(window)
        if not window.times or not crowd.left:
            continue  # they are still coming, or have gone
        samples.append(look(city, window, time.monotonic() - started))
        if len(samples) - shown >= SHOWN_S / WINDOW_S:
            show(samples[shown:])
            shown = len(samples)
    return samples, whole


def judge(samples, whole, wrong):
    """The figures of the soak, each with what was expected."""
    settled = samples[int(len(samples) * WARM_UP):]
    half = len(settled) // 2
    memory = [sample.memory_mb for sample in settled]
    growth = slope([(s.at_s, s.memory_mb) for s in settled]) * (settled[-1].at_s - settled[0].at_s)
    p99 = lambda part: statistics.median(s.p99_ms for s in part)  # noqa: E731
    more = lambda name: (max(getattr(s, name) for s in settled[half:])  # noqa: E731
                         - max(getattr(s, name) for s in settled[:half]))
    times = whole.all()
    return [
        Figure("requests answered", times.total(), ""),
        Figure("half of them within", times.quantile_ms(0.5), "ms"),
        Figure("99 of 100 within", times.quantile_ms(0.99), "ms"),
        Figure("the slowest hundredth, last third: median of windows", p99(settled[half:]), "ms",
               SLOWER * p99(settled[:half]) + SLOWER_MS),
        Figure("memory of its own, median", statistics.median(memory), "MB"),
        Figure("its growth after warming up", growth, "MB",
               max(GROWTH_MB, GROWTH_SHARE * statistics.median(memory))),
        Figure("more open files", more("files"), "", MORE_FILES),
        Figure("more threads", more("threads"), "", MORE_THREADS),
        Figure("facts behind, median", statistics.median(s.behind for s in settled), ""),
        Figure("wrong answers", sum(whole.wrong.values()) + len(wrong), "", 0)]


def run(arguments, root):
    city = make_city(arguments.jishi, root, arguments.members)
    try:
        city.serve()
        town = town_of(city)
        full = trial(town)
        print(f"without rest {full:.0f} requests/s; half of it for {arguments.seconds} s",
              flush=True)
        codes = [code for code, in city.rows("select code from registry_organisation where kind ="
                                             " 'branch' and ended is null order by code limit 200")]
        besides = [NowAndThen(IMPORT_EVERY_S, import_some(city, codes)),
                   NowAndThen(EXPORT_EVERY_S, export_some(city)),
                   NowAndThen(SIGN_IN_EVERY_S, sign_in_some(city))]
        samples, whole = soak(city, town, full / 2, arguments.seconds)
        for one in besides:
            one.stop()
        wrong = [text for one in besides for text in one.wrong]
        for text, count in [*whole.wrong.most_common(5), *((text, 1) for text in wrong[:5])]:
            print(f"wrong, {count} times: {text}")
        until(city.caught_up, "the lights have caught up", CATCH_UP_S)
        city.stop()
        city.verify()
        commands = sum(whole.times[kind].total() for kind in ("payment", "activity"))
        notes = [f"{PROCESSES * USERS} connections, {PROCESSES * LISTENERS} listeners; they share "
                 f"the cores with the server; {full:.0f} requests/s were answered without rest",
                 f"{100 * commands / whole.all().total():.0f} of 100 requests are commands",
                 f"{len(besides[0].times)} imports of {IMPORT_ROWS} rows, {len(besides[1].times)} "
                 f"exports of all members, {len(besides[2].times)} sign-ins besides"]
        return judge(samples, whole, wrong), notes
    finally:
        city.close()


def try_out(program, root):
    """(answered as expected, otherwise), of one request of each kind."""
    city = make_city(program, root, TRY_MEMBERS)
    try:
        city.serve()
        sent, wrong = asyncio.run(each_once(town_of(city), "try"))
    finally:
        city.close()
    for text in wrong:
        print(f"wrong: {text}")
    return sent - len(wrong), len(wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jishi", required=True, help="the program under test")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--members", type=int, default=20_000)
    parser.add_argument("--write", metavar="PAGE", help="put the figures on this page")
    parser.add_argument("--try", dest="once", action="store_true", help="each request only once")
    arguments = parser.parse_args()
    if arguments.seconds < 3 * SHOWN_S:
        parser.error(f"--seconds: at least {3 * SHOWN_S}")
    try:
        with folder() as root:
            if arguments.once:
                passed, failed = try_out(arguments.jishi, root)
                print(f"{passed} passed, {failed} failed")
                return 1 if failed else 0
            figures, notes = run(arguments, root)
    except Wrong as wrong:
        print(wrong)
        return 1
    title = (f"the server under half load for {arguments.seconds / 60:g} minutes, on a demo "
             f"city of {arguments.members:,} members, SQLite (`make soak`)")
    return conclude(figures, arguments.write, "soak", title, notes)


if __name__ == "__main__":
    sys.exit(main())
