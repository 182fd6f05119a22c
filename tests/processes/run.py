#!/usr/bin/python3
"""Plays the `.test` table of every process, and looks at definitions, forms and diagrams.

Run: tests/processes/run.py --jishi build/release/jishi [--only WORD] [--keep FOLDER]

Each case of a table becomes a script for `jishi process run`; table.py tells how a table is
written. Who may do a step is what the definition says (`jishi:role` held at `jishi:at`): the
program refuses anybody else before the engine is asked, and so does this. A service answers at
once, unless the table has a row for it. Closes with 'N passed, N failed'; exit 0 when none failed.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from definition import Definition
from diagram import problems_of_diagram
from house import problems_of_pack
from roundtrip import written_again
from table import TO, VERBS, Wrong, read_table

ROOT = Path(__file__).resolve().parent.parent.parent
PACK = ROOT / "packs/party"
TIMEOUT_S = 120


class Program:
    def __init__(self, jishi):
        self.jishi = jishi

    def call(self, *arguments):
        """(exit status, stdout, stderr)."""
        done = subprocess.run([self.jishi, "--pack", str(PACK), "--json", *arguments],
                              capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
        return done.returncode, done.stdout, done.stderr

    def check(self, path):
        status, told, said = self.call("process", "check", str(path))
        return "" if status == 0 else (told + said).strip()

    def play(self, path, begins, script):
        """The lines of a script's steps; raises Wrong when it cannot be played."""
        with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
            json.dump(script, file, ensure_ascii=False)
            file.flush()
            _, told, said = self.call("process", "run", str(path), "--script", file.name,
                                      "--now", begins)
        lines = [json.loads(line) for line in told.splitlines()]
        if len(lines) != len(script):
            raise Wrong(said.strip() or f"{len(lines)} of {len(script)} steps")
        return lines

    def decide(self, path, name, inputs):
        status, told, said = self.call("decide", str(path), "--decision", name,
                                       "--context", json.dumps(inputs, ensure_ascii=False))
        if status != 0:
            raise Wrong(said.strip())
        return json.loads(told)


class Player:
    """Plays the cases of one table."""

    def __init__(self, program, path, table):
        self.program, self.path, self.table = program, path, table
        self.definition = Definition(path.parent / table.process)

    def step_of(self, row):
        """The script's step for a row; None where the definition itself says no."""
        if row.verb == "等":
            return {"advance": row.word}
        node = self.definition.named(row.state) if row.state != "-" else None
        if row.state != "-" and node is None:
            raise Wrong(f"{row.line}: 图里没有“{row.state}”")
        step = {"do": VERBS[row.verb]}
        if row.who not in ("-", "系统", "时间"):
            if row.who not in self.table.people:
                raise Wrong(f"{row.line}: 没有人物“{row.who}”")
            step["by"] = row.who
            if not self.definition.may(self.table.people[row.who], row.verb, node):
                return None
        if node is not None and row.verb not in ("收到", "开始"):
            step["task"] = node.id
        variables = dict(row.variables)
        if row.verb == "开始":
            variables = {**self.table.given, **variables}
        if variables:
            step["variables"] = variables
        if row.verb == "退回":
            to = self.definition.named(row.word)
            step["to"] = TO.get(row.word) or (to.id if to else row.word)
        elif row.verb in ("转交", "委派", "加签", "减签", "抄送"):
            step["person"] = row.word
        elif row.verb in ("收到", "出错", "终止"):
            step["name"] = row.word
            if row.verb == "收到" and node is not None:
                step["to"] = node.id
        return step

    def answers(self, case):
        """What services answer after each row, but those that the table plays itself."""
        own = {row.state for row in case.rows if row.verb in ("完成", "出错")}
        steps = []
        for node in self.definition.services():
            if node.name not in own:
                step = {"do": "service done", "task": node.id}
                given = self.table.services.get(node.operation)
                if given is None:
                    raise Wrong(f"服务 {node.operation} 没有写明结果")
                if given:
                    step["variables"] = given
                steps.append(step)
        return steps

    def play(self, case):
        """Raises Wrong at the first row that did not come about."""
        answers, script, rows = self.answers(case), [], []
        for row in case.rows:
            step = self.step_of(row)
            first = len(script)
            if step is not None:
                script += [step, *answers]
            rows.append((row, step, first, len(script)))
        lines = self.program.play(self.path.parent / self.table.process, self.table.begins, script)
        before = {}
        for row, step, first, last in rows:
            self.state_is(row, before)
            if step is None:
                if row.refused != "无权":
                    raise Wrong(f"{row.line}: {row.who}无权办理“{row.state}”")
                continue
            self.hold(row, lines[first:last])
            before = lines[last - 1]

    def state_is(self, row, before):
        stands = self.definition.stands(before) if before else []
        if row.verb == "收到":  # an event on a step's border: the engine knows whether it is awaited
            return
        if row.state != "-" and row.state not in stands and not row.refused:
            raise Wrong(f"{row.line}: 不在“{row.state}”，而在 {'、'.join(stands)}")

    def hold(self, row, lines):
        own, last = lines[0], lines[-1]
        verdict = own["verdict"].removeprefix("process.")
        if row.refused:
            if verdict != row.refused:
                raise Wrong(f"{row.line}: 应不可 {row.refused}，而是 {verdict}")
            return
        if verdict != "done":
            raise Wrong(f"{row.line}: 不可 {verdict}: {own.get('message') or ''}")
        stands = self.definition.stands(last)
        if row.over:
            if last["status"] != row.over:
                raise Wrong(f"{row.line}: 应{row.over}，而是 {last['status']} {'、'.join(stands)}")
        elif sorted(stands) != sorted(row.stands):
            raise Wrong(f"{row.line}: 应在 {'、'.join(row.stands)}，而在 "
                        f"{'、'.join(stands) or last['status']}")
        sent = [effect["word"] for line in lines for effect in line["effects"]
                if effect["effect"] == "message sent"]
        for name in row.sent:
            if name not in sent:
                raise Wrong(f"{row.line}: 没有发出 {name}，发出的是 {sent}")
        for name, wanted in row.values.items():
            found = at_path(last["variables"], name)
            if found != wanted:
                raise Wrong(f"{row.line}: {name} 应为 {wanted!r}，而是 {found!r}")


def at_path(value, path):
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


class Suite:
    def __init__(self, program, only):
        self.program, self.only = program, only
        self.passed = self.failed = 0

    def tell(self, problem):
        if problem:
            self.failed += 1
            print(problem, flush=True)
        else:
            self.passed += 1

    def table(self, path):
        try:
            table = read_table(path.read_text("utf-8"))
            jobs = self.decision_jobs(path, table)
            if table.process:
                player = Player(self.program, path, table)
                jobs += [(f"{case.name}", lambda case=case: player.play(case))
                         for case in table.cases]
        except (Wrong, OSError) as wrong:
            return self.tell(f"{path.name}:{wrong}")
        if not jobs:
            self.tell(f"{path.name}: 没有情形")
        with ThreadPoolExecutor(2) as pool:
            for problem in pool.map(lambda job: self.attempt(path, *job), jobs):
                self.tell(problem)

    def decision_jobs(self, path, table):
        jobs = []
        for file, name, choices in table.decisions:
            for choice in choices:
                jobs.append((name, lambda file=file, name=name, choice=choice:
                             self.decide(path.parent / file, name, choice)))
        return jobs

    def decide(self, file, name, choice):
        found = self.program.decide(file, name, choice.inputs)
        for key, wanted in choice.outputs.items():
            got = found if key == "_" else at_path(found, key) if isinstance(found, dict) else None
            if got != wanted:
                raise Wrong(f"{choice.line}: {key} 应为 {wanted!r}，而是 {got!r} ({found!r})")

    @staticmethod
    def attempt(path, name, work):
        try:
            work()
        except (Wrong, ValueError, subprocess.TimeoutExpired) as wrong:
            return f"{path.name}: {name}: {wrong}"
        return ""

    def definition(self, path):
        self.tell(self.attempt(path, "check", lambda: self.checked(path)))
        self.tell(self.attempt(path, "roundtrip", lambda: written_again(self.program, path)))
        found = list(problems_of_diagram(path))
        self.tell("\n".join(f"{path.name}: {problem}" for problem in found))

    def checked(self, path):
        problem = self.program.check(path)
        if problem:
            raise Wrong(problem)

    def run(self):
        definitions = sorted((PACK / "processes").glob("*.bpmn"))
        for path in definitions:
            if self.only in path.name:
                self.definition(path)
                if not path.with_suffix(".test").exists():
                    self.tell(f"{path.name}: 没有推演表 {path.stem}.test")
        for path in sorted((PACK / "processes").glob("*.test")):
            if self.only in path.name:
                self.table(path)
        found = list(problems_of_pack(PACK, [Definition(path) for path in definitions]))
        self.tell("\n".join(found))


def close(suite, about):
    """Runs a suite by its command line, and says how it ended: the exit status."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument("--jishi", required=True)
    parser.add_argument("--only", default="", metavar="WORD")
    arguments = parser.parse_args()
    run = suite(Program(str(Path(arguments.jishi).resolve())), arguments.only)
    run.run()
    print(f"{run.passed} passed, {run.failed} failed")
    return 1 if run.failed or not run.passed else 0


if __name__ == "__main__":
    sys.exit(close(Suite, __doc__))
