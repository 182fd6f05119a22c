"""Looks at the diagram of a BPMN file: every element drawn, nothing over another, lanes and pools
around what is theirs, edges at what they join, labels within the pool and over nothing."""

import xml.etree.ElementTree as ElementTree

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
BPMNDI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
DI = "{http://www.omg.org/spec/DD/20100524/DI}"
CONTAINERS = ("participant", "lane", "subProcess")
DRAWN = ("Event", "Task", "Gateway", "subProcess", "callActivity", "participant")
NEAR = 1.0  # how far an edge's end may be from the border


def bounds_of(element):
    bounds = element.find(DC + "Bounds")
    return tuple(float(bounds.get(name)) for name in ("x", "y", "width", "height"))


def overlap(one, other, margin=0.0):
    return (one[0] < other[0] + other[2] - margin and other[0] < one[0] + one[2] - margin and
            one[1] < other[1] + other[3] - margin and other[1] < one[1] + one[3] - margin)


def within(inner, outer):
    return (inner[0] >= outer[0] and inner[1] >= outer[1] and
            inner[0] + inner[2] <= outer[0] + outer[2] and
            inner[1] + inner[3] <= outer[1] + outer[3])


def on_border(point, box):
    x, y, width, height = box
    inside = (x - NEAR <= point[0] <= x + width + NEAR and
              y - NEAR <= point[1] <= y + height + NEAR)
    deep = (x + NEAR < point[0] < x + width - NEAR and y + NEAR < point[1] < y + height - NEAR)
    return inside and not deep


def crosses(start, end, box):
    """Whether a level or upright line goes through the inside of a box."""
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return (left < box[0] + box[2] - NEAR and right > box[0] + NEAR and
            top < box[1] + box[3] - NEAR and bottom > box[1] + NEAR)


class Diagram:
    def __init__(self, root):
        self.elements = {one.get("id"): one for one in root.iter() if one.get("id")}
        self.shapes, self.labels, self.edges = {}, {}, {}
        for shape in root.iter(BPMNDI + "BPMNShape"):
            self.shapes[shape.get("bpmnElement")] = bounds_of(shape)
            self.label(shape)
        for edge in root.iter(BPMNDI + "BPMNEdge"):
            points = [(float(one.get("x")), float(one.get("y")))
                      for one in edge.iter(DI + "waypoint")]
            self.edges[edge.get("bpmnElement")] = points
            self.label(edge)
        self.parents = {child: parent for parent in root.iter() for child in parent}

    def label(self, drawn):
        label = drawn.find(BPMNDI + "BPMNLabel")
        if label is not None and label.find(DC + "Bounds") is not None:
            self.labels[drawn.get("bpmnElement")] = bounds_of(label)

    def tag(self, name):
        return self.elements[name].tag.removeprefix(BPMN)

    def flow_nodes(self):
        return {name: box for name, box in self.shapes.items()
                if self.tag(name) not in ("participant", "lane")}


def missing(diagram, root):
    for element in root.iter():
        tag, name = element.tag.removeprefix(BPMN), element.get("id")
        if name and tag.endswith(DRAWN) and name not in diagram.shapes:
            yield f"{name}: 图上没有"
        if tag == "sequenceFlow" and name not in diagram.edges:
            yield f"{name}: 图上没有连线"
    for name in [*diagram.shapes, *diagram.edges]:
        if name not in diagram.elements:
            yield f"{name}: 图上画了没有的元素"


def overlaps(diagram):
    nodes = list(diagram.flow_nodes().items())
    for index, (one, box) in enumerate(nodes):
        for other, second in nodes[index + 1:]:
            pair = {one: other, other: one}
            hosted = any(diagram.elements[a].get("attachedToRef") == b for a, b in pair.items())
            inner = any(diagram.parents.get(diagram.elements[a]) is diagram.elements[b]
                        for a, b in pair.items())
            if not hosted and not inner and overlap(box, second):
                yield f"{one} 和 {other} 重叠"
            if inner and not (within(box, second) or within(second, box)):
                yield f"{one} 和 {other}: 子流程的步骤画在框外"
    labels = list(diagram.labels.items())
    for index, (one, box) in enumerate(labels):
        for other, second in nodes:
            if diagram.tag(other) != "subProcess" and overlap(box, second, NEAR):
                yield f"{one} 的文字压在 {other} 上"
        for other, second in labels[index + 1:]:
            if overlap(box, second, NEAR):
                yield f"{one} 和 {other} 的文字重叠"


def lanes(diagram, root):
    pools = [diagram.shapes[one.get("id")] for one in root.iter(BPMN + "participant")]
    for lane in root.iter(BPMN + "lane"):
        box = diagram.shapes.get(lane.get("id"))
        if box is None:
            yield f"{lane.get('id')}: 图上没有泳道"
            continue
        for reference in lane.findall(BPMN + "flowNodeRef"):
            if not within(diagram.shapes[reference.text], box):
                yield f"{reference.text}: 画在泳道 {lane.get('name')} 之外"
    beside = [one.get("id") for one in root.iter(BPMN + "lane")]
    for index, one in enumerate(beside):
        if not any(within(diagram.shapes[one], pool) for pool in pools):
            yield f"泳道 {one} 画在流程框之外"
        for other in beside[index + 1:]:
            inner = diagram.elements[other] in diagram.elements[one].iter()
            if not inner and overlap(diagram.shapes[one], diagram.shapes[other]):
                yield f"泳道 {one} 和 {other} 重叠"
    for name, box in [*diagram.flow_nodes().items(), *diagram.labels.items()]:
        if pools and not any(within(box, pool) for pool in pools):
            yield f"{name}: 画在流程框之外"


def edges(diagram):
    for name, points in diagram.edges.items():
        flow = diagram.elements[name]
        if diagram.tag(name) != "sequenceFlow":
            continue
        for end, point in (("sourceRef", points[0]), ("targetRef", points[-1])):
            if not on_border(point, diagram.shapes[flow.get(end)]):
                yield f"{name}: 没有接在 {flow.get(end)} 上"
        for start, end in zip(points, points[1:]):
            if start[0] != end[0] and start[1] != end[1]:
                yield f"{name}: 斜线"
            for other, box in diagram.flow_nodes().items():
                element = diagram.elements[other]
                around = diagram.tag(other) == "subProcess" and flow in list(element)
                if not around and crosses(start, end, box):
                    yield f"{name} 穿过 {other}"


def problems_of_diagram(path):
    """One line for each thing that a reader of the diagram would stumble over."""
    root = ElementTree.parse(path).getroot()
    diagram = Diagram(root)
    gone = list(missing(diagram, root))
    if gone:
        return gone
    return list(dict.fromkeys([*overlaps(diagram), *lanes(diagram, root), *edges(diagram)]))
