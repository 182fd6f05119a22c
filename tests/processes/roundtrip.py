"""Whether a BPMN file that is read and written again is the same."""

import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from table import Wrong


def canonical(path):
    """A file as XML canonicalization (C14N) has it: what two writers may do otherwise is gone."""
    return ElementTree.canonicalize(from_file=path, with_comments=True)


def written_again(program, path):
    """Nothing is lost between reading and writing, and what was written once stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.bpmn", Path(folder) / "second.bpmn"
        for source, target in ((path, first), (first, second)):
            status, _, said = program.call("process", "roundtrip", str(source), str(target))
            if status != 0:
                raise Wrong(f"not read: {said.strip()}")
        if canonical(first) != canonical(path):
            raise Wrong("something was lost or changed")
        if first.read_bytes() != second.read_bytes():
            raise Wrong("written otherwise the second time")


def unreadable(program, path):
    """It is refused, with a reason."""
    with tempfile.TemporaryDirectory() as folder:
        status, _, said = program.call("process", "roundtrip", str(path), f"{folder}/out.bpmn")
        if status == 0 or not said.strip():
            raise Wrong("was written again")
