#!/usr/bin/python3
"""Whether the tables' player finds what is wrong: each case below is wrong in one way, and must be
told of; beside each stands one that is right.

Run: tests/processes/self_test.py --jishi build/release/jishi
Closes with 'N passed, N failed'; exit 0 when none failed.
"""

import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from definition import BPMN, JISHI, PEOPLE, Definition
from diagram import problems_of_diagram
from house import decisions, form_problems, steps
from run import PACK, ROOT, Player, Suite, close
from table import Wrong, read_table

MODEL = ROOT / "tests/fixtures/bpmn/executed/parallel_gateway.bpmn"
HEAD = "流程 parallel_gateway.bpmn\n人物\n  甲 |\n情形 一\n"
RIGHT = "  - | 甲 | 开始 | | 左、右\n  左 | 甲 | 办理 | n=1 | 右；n=1\n  右 | 甲 | 办理 | | 后\n"
WRONG = {
    "another step": RIGHT + "  后 | 甲 | 办理 | | 左",
    "a step that is missing": "  - | 甲 | 开始 | | 左",
    "over too early": RIGHT + "  后 | 甲 | 办理 | | 终止",
    "not over": RIGHT.replace("| 后", "| 办结"),
    "a refusal that does not come": RIGHT + "  后 | 甲 | 办理 | | 不可 task_closed",
    "another refusal": RIGHT + "  左 | 甲 | 办理 | | 不可 not_assignee",
    "a refusal that was not expected": RIGHT + "  左 | 甲 | 办理 | | 后",
    "another value": RIGHT + "  后 | 甲 | 办理 | n=2 | 办结；n=1",
    "a message that was not sent": RIGHT + "  后 | 甲 | 办理 | | 办结；发出 letter",
    "a state where the case is not": "  - | 甲 | 开始 | | 左、右\n  后 | 时间 | 等 1天 | | 左、右",
    "nobody of that name": "  - | 乙 | 开始 | | 左、右",
    "a role that the step does not need": RIGHT + "  后 | 甲 | 办理 | | 不可 无权",
}
UNREADABLE = {
    "four columns": HEAD + "  - | 甲 | 开始 | 左",
    "no such verb": HEAD + "  - | 甲 | 打卡 | | 左",
    "no verdict": HEAD + "  - | 甲 | 开始 | | ",
    "no value": HEAD + "  - | 甲 | 开始 | n | 左",
    "no such span": HEAD + "  - | 甲 | 等 很久 | | 左",
    "a case twice": HEAD + "情形 一\n",
    "like a case that is not there": HEAD + "情形 二 | 接 三 至 左\n",
    "like a case without that step": HEAD + RIGHT + "情形 二 | 接 一 至 上\n",
    "no such section": "流水 x\n",
}


def moved(path, name, by):
    """A diagram with one shape elsewhere; the place of the copy."""
    tree = ElementTree.parse(path)
    for shape in tree.iter("{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"):
        if shape.get("bpmnElement") == name:
            bounds = shape.find("{http://www.omg.org/spec/DD/20100524/DC}Bounds")
            bounds.set("x", str(float(bounds.get("x")) + by[0]))
            bounds.set("y", str(float(bounds.get("y")) + by[1]))
    return tree


def told_in_english(definition):
    """The same, with English words for its processes and for the steps of people."""
    for element in list(definition.root.iter()):
        if element.tag.removeprefix(BPMN) in ("process", *PEOPLE):
            words = ElementTree.Element(BPMN + "documentation", {JISHI + "lang": "en"})
            words.text = "What it is for"
            element.insert(0, words)
    return definition


class SelfTest(Suite):
    def told(self, what, work):
        """One test: `work` has to raise Wrong."""
        try:
            work()
        except Wrong:
            return self.tell("")
        return self.tell(f"not found: {what}")

    def play(self, text):
        table = read_table(text)
        Player(self.program, MODEL.with_suffix(".test"), table).play(table.cases[-1])

    def run(self):
        self.tell(self.attempt(MODEL, "right", lambda: self.play(HEAD + RIGHT)))
        for what, rows in WRONG.items():
            self.told(what, lambda rows=rows: self.play(HEAD + rows))
        for what, text in UNREADABLE.items():
            self.told(what, lambda text=text: read_table(text))
        self.diagrams()
        self.houses()

    def diagrams(self):
        path = PACK / "processes/transfer.bpmn"
        self.tell("\n".join(problems_of_diagram(path)))
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy.bpmn"
            for name, by in (("fill", (160, 0)), ("fill", (0, 20)), ("fill", (0, 4000)),
                             ("lane_branch", (0, 40)), ("withdraw", (90, 0))):
                moved(path, name, by).write(copy, "utf-8")
                found = problems_of_diagram(copy)
                self.tell("" if found else f"not found: {name} moved by {by}")

    def houses(self):
        plain = Definition(MODEL)  # says neither roles nor forms nor what it rests on
        found = "\n".join(steps(plain))
        for word in ("jishi:role", "没有表单", "没有写明依据", "jishi:en", "jishi:lang",
                     "流程没有中文说明", "流程没有英文说明"):
            self.tell("" if word in found else f"not found: {word}")
        found = "\n".join(steps(told_in_english(plain)))
        for word in ("没有写明依据", "流程没有中文说明"):  # English does not stand for Chinese
            self.tell("" if word in found else f"not found beside English: {word}")
        self.tell("" if "英文说明" not in found else "English words that are there are missed")
        for name in ("executed/rule_task", "refused/decision_missing"):
            found = list(decisions(Definition(MODEL.parents[1] / f"{name}.bpmn")))
            self.tell("" if found else f"not found: a decision without description: {name}")
        with tempfile.TemporaryDirectory() as folder:
            form = Path(folder) / "form.json"
            form.write_text('{"type": "object", "required": ["b"], '
                            '"properties": {"a": {"enum": ["x"]}}}', "utf-8")
            found = "\n".join(form_problems(form))
        for word in ("title", "$schema", "additionalProperties", "x-basis", "没有类型", "选项 x",
                     "必填的 b"):
            ok = word in found or (word == "additionalProperties" and "别的字段" in found)
            self.tell("" if ok else f"not found: {word}")


if __name__ == "__main__":
    sys.exit(close(SelfTest, __doc__))
