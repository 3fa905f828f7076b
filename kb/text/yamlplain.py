"""The readers that `kb.text.yamlfile` uses: plain YAML, of a bounded depth, whose every error knows its line.

Files come from anybody. A tag (``!!set``, ``!!python/object/apply:…``) asks for a value that no file of kb's
has; an alias may stand for so much that it cannot be gone through, or for itself.
"""

from __future__ import annotations

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import Node, ScalarNode

MAX_DEPTH = 50
#: Values that one document may stand for, each alias counted as all that it stands for. Reading as many takes
#: about 10 s; they are those of some 5,000 relations.
MAX_VALUES = 200_000
# Longest number that is read as one; what is longer is no number of anything.
_MAX_DIGITS = 300


class _PlainComposer(Composer):
    """Refuses tags, and aliases that stand for too much."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False
        self._level = 0
        self._values = 0
        self._sizes: dict[str, int] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """The next node, with all below it."""
        self._level += 1
        try:
            return self._compose(parent, index, self.parser.peek_event())
        finally:
            self._level -= 1

    def _compose(self, parent: Any, index: Any, event: Any) -> Any:
        if self._level > MAX_DEPTH:
            raise _refused(f"more than {MAX_DEPTH} levels stand in each other", event)
        if isinstance(event, AliasEvent):
            if event.anchor in self.anchors and event.anchor not in self._sizes:
                raise _refused(f"the alias *{event.anchor} stands within what it stands for", event)
            self._count(self._sizes.get(event.anchor, 0), event)
            return super().compose_node(parent, index)
        if event.ctag is not None:
            tag = str(event.ctag).replace("tag:yaml.org,2002:", "!!")
            raise _refused(f"the tag {tag:.60} is not read: leave it out", event)
        if event.anchor is None:
            self._count(1, event)
            return super().compose_node(parent, index)
        self._sizes.pop(event.anchor, None)  # an anchor may be used again, for something else
        before = self._values
        self._count(1, event)
        node = super().compose_node(parent, index)
        self._sizes[event.anchor] = self._values - before
        return node

    def _count(self, values: int, event: Any) -> None:
        self._values += values
        if self._values > MAX_VALUES:
            raise _refused(f"the file stands for more than {MAX_VALUES:,} values: split it", event)


class _PlainConstructor(RoundTripConstructor):
    """Says the line of a value that cannot be made, such as the 40th of a month."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        """The value of a node."""
        if isinstance(node, ScalarNode) and node.tag in _NUMBERS and len(node.value) > _MAX_DIGITS:
            raise ConstructorError(None, None, "this number is too long: put it in quotes", node.start_mark)
        try:
            return super().construct_object(node, deep)
        except YAMLError:
            raise
        except Exception as error:  # of whatever reads numbers and dates there
            what = f"{node.value!r:.60} cannot be read" if isinstance(node, ScalarNode) else "cannot be read"
            raise ConstructorError(None, None, f"{what}: put it in quotes", node.start_mark) from error


_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})


def plain_yaml() -> YAML:
    """A reader of values that keeps lines, comments and order; it serves one file."""
    yaml = YAML(typ="rt")
    yaml.Composer = _PlainComposer
    yaml.Constructor = _PlainConstructor
    return yaml


def plain_tree(text: str) -> Node | None:
    """The nodes of a document, whose scalars stay as written.

    Raises:
        YAMLError: It is no plain YAML.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = _PlainComposer
    root: Node | None = yaml.compose(text)
    return root


def _refused(problem: str, event: Any) -> ComposerError:
    return ComposerError(None, None, problem, event.start_mark)
