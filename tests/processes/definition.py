"""What the tables need to know of a BPMN file: its nodes by name, who may do what."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
JISHI = "{urn:jishi:process}"
PEOPLE = ("userTask", "manualTask")
TASKS = (*PEOPLE, "serviceTask")
STANDS = (*TASKS, "receiveTask", "intermediateCatchEvent")
NODES = (*STANDS, "businessRuleTask", "startEvent", "endEvent", "boundaryEvent", "subProcess",
         "callActivity", "exclusiveGateway", "parallelGateway", "inclusiveGateway",
         "intermediateThrowEvent")
BY_ROLE = ("办理", "同意", "不同意", "退回", "认领", "收到")  # verbs that the step's role is needed for


@dataclass
class Node:
    id: str
    name: str
    tag: str
    role: str
    at: str
    form: str
    operation: str
    element: object


class Definition:
    def __init__(self, path):
        self.path = path
        self.root = ElementTree.parse(path).getroot()
        self.nodes = []
        for element in self.root.iter():
            tag = element.tag.removeprefix(BPMN)
            if tag in NODES:
                own = lambda word, of=element: of.get(JISHI + word, "")  # noqa: E731
                name = " ".join(element.get("name", "").split())
                self.nodes.append(Node(element.get("id"), name, tag,
                                       own("role"), own("at"), own("form"), own("operation"),
                                       element))
        self.by_id = {node.id: node for node in self.nodes}

    def named(self, name):
        """The node of a name, among those where a case may stand or that await a message."""
        for node in self.nodes:
            if node.name == name and (node.tag in STANDS or node.tag == "boundaryEvent"):
                return node
        return None

    def services(self):
        return [node for node in self.nodes if node.tag == "serviceTask"]

    def may(self, held, verb, node):
        """Whether somebody with these (role, place) may do this."""
        if verb == "开始":
            node = next(node for node in self.nodes if node.tag == "startEvent")
        elif verb not in BY_ROLE or node is None:
            return True
        return not node.role or (node.role, node.at) in held

    def stands(self, line):
        """The names of the nodes where a case stands."""
        found = [self.by_id[task["node"]].name for task in line["tasks"]]
        for token in line["tokens"]:
            node = self.by_id.get(token["node"])
            if node is not None and node.tag in STANDS and node.tag not in TASKS:
                found.append(node.name)
        return found
