"""What the processes of a pack hold to beyond what the program checks: every step says its role,
its place, its form and what it rests on; every form is used, and speaks both languages; what the
program has to do, and what it may send, stands in docs/procedures.md."""

import json
import xml.etree.ElementTree as ElementTree

from definition import BPMN, JISHI, PEOPLE

PLACES = {"branch", "committee", "department", "person", "organisation", "superior", "receiver",
          "sender", "receiving_committee", "receiving_branch", "region", "partner", "home"}
DMN = "{https://www.omg.org/spec/DMN/20230324/MODEL/}"
KINDS = {"string", "integer", "number", "boolean", "array", "object"}
MOST_FIELDS = 40


def said(element, language):
    """What the file says of an element; a documentation that names no language is Chinese."""
    texts = [one.text or "" for one in element.findall(BPMN + "documentation")
             if one.get(JISHI + "lang", "zh") == language]
    return "".join(texts).strip()


def steps(definition):
    name = definition.path.name
    seen = set()
    for process in definition.root.iter(BPMN + "process"):
        for language, word in (("zh", "中文"), ("en", "英文")):
            if not said(process, language):
                yield f"{name}: {process.get('id')}: 流程没有{word}说明（documentation）"
    for node in definition.nodes:
        where = f"{name}: {node.id}"
        if node.tag in PEOPLE:
            if not node.role or not node.at:
                yield f"{where}: 没有写明角色（jishi:role）和所在组织（jishi:at）"
            if not node.form:
                yield f"{where}: 没有表单"
            if not said(node.element, "en"):
                yield f'{where}: 没有英文说明（documentation jishi:lang="en"）'
        papers = [name for name in node.element.get(JISHI + "materials", "").split("、") if name]
        english = [name for name in node.element.get(JISHI + "materialsEn", "").split("; ") if name]
        if len(papers) != len(english):
            yield f"{where}: 材料的英文名称（jishi:materialsEn）与中文的不一样多"
        words = [node.element.get(JISHI + name, "") for name in ("yes", "yesEn", "no", "noEn")]
        if any(words) and not all(words):
            yield f"{where}: 答复的说法（jishi:yes、yesEn、no、noEn）不全"
        if node.tag.endswith("Task") and not said(node.element, "zh"):
            yield f"{where}: 没有写明依据（documentation）"
        for at in filter(None, node.at.split(",")):
            if at not in PLACES:
                yield f"{where}: 没有这个所在 {at}"
        if node.tag.endswith(("Task", "CatchEvent")) or node.tag == "boundaryEvent":
            if not node.element.get(JISHI + "en"):
                yield f"{where}: 没有英文名称（jishi:en）"
            if node.name in seen:
                yield f"{where}: 名称“{node.name}”重复"
            seen.add(node.name)


def decisions(definition):
    """Each decision that a rule task names stands in its file, and says what it is for."""
    for element in definition.root.iter(BPMN + "businessRuleTask"):
        where = f"{definition.path.name}: {element.get('id')}"
        file, _, name = element.get(JISHI + "decision", "").partition("#")
        path = definition.path.parent / file
        if not path.is_file():
            yield f"{where}: 没有决策文件 {file}"
            continue
        found = [one for one in ElementTree.parse(path).getroot().iter(DMN + "decision")
                 if one.get("name") == name]
        if len(found) != 1:
            yield f"{where}: {file} 没有决策 {name}"
        elif not (found[0].findtext(DMN + "description") or "").strip():
            yield f"{file}: {name}: 没有说明（description）"


def titles(where, schema):
    for name in ("title", "x-title-en"):
        if not schema.get(name):
            yield f"{where}: 没有 {name}"


def field_problems(where, schema):
    yield from titles(where, schema)
    if schema.get("type") not in KINDS:
        yield f"{where}: 没有类型"
    labels = schema.get("x-enum", {})
    for value in schema.get("enum", []):
        label = labels.get(str(value), {})
        if not label.get("zh") or not label.get("en"):
            yield f"{where}: 选项 {value} 没有中英文"
    if schema.get("type") == "array" and "type" not in schema.get("items", {}):
        yield f"{where}: 没有写明各项的类型"


def form_problems(path):
    try:
        form = json.loads(path.read_text("utf-8"))
    except ValueError as wrong:
        yield f"{path.name}: {wrong}"
        return
    yield from titles(path.name, form)
    if form.get("$schema") != "https://json-schema.org/draft/2020-12/schema":
        yield f"{path.name}: $schema"
    if form.get("type") != "object" or form.get("additionalProperties") is not False:
        yield f"{path.name}: 应为不许有别的字段的 object"
    if not form.get("x-basis") or not form.get("x-minutes"):
        yield f"{path.name}: 没有依据（x-basis）或估计用时（x-minutes）"
    fields = form.get("properties", {})
    if len(fields) > MOST_FIELDS:
        yield f"{path.name}: {len(fields)} 个字段，最多 {MOST_FIELDS}"
    for name in form.get("required", []):
        if name not in fields:
            yield f"{path.name}: 必填的 {name} 不在字段里"
    for name, schema in fields.items():
        yield from field_problems(f"{path.name}: {name}", schema)


def problems_of_pack(pack, definitions):
    """One line for each thing that is missing."""
    known = (pack.parent.parent / "docs/procedures.md").read_text("utf-8")
    used = set()
    for definition in definitions:
        yield from steps(definition)
        yield from decisions(definition)
        used |= {node.form for node in definition.nodes if node.form}
        for node in definition.services():
            if not node.operation:
                yield f"{definition.path.name}: {node.id}: 没有写明操作（jishi:operation）"
            elif f"`{node.operation}`" not in known:
                yield f"docs/procedures.md: 没有 {node.operation}"
        for message in definition.root.iter(BPMN + "message"):
            if f"`{message.get('name')}`" not in known:
                yield f"docs/procedures.md: 没有消息 {message.get('name')}"
    for path in sorted((pack / "forms").glob("*")):
        yield from form_problems(path)
        if path.stem not in used:
            yield f"{path.name}: 没有步骤用到"
