"""A perspective for Neo4j Bloom (Explore in Aura and Desktop): categories, styles, search phrases.

Neo4j does not publish the format of an exported perspective. This follows what perspectives in
public repositories have in common (version 2 of the file), and what the manual says of search phrases:
https://neo4j.com/docs/bloom-user-guide/current/bloom-tutorial/search-phrases-advanced/
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable
from typing import Any

from kb.ask.query import Query
from kb.browser.grass import CONCEPT_SIZE, OTHER_SIZE, THEME, caption, edge_colour, size
from kb.figure.kinds import KINDS, RELATIONS
from kb.figure.style import node_style
from kb.schema import EDGES, KEYS, NODES
from kb.text.cypher import literal, substitute

NAME = "Issues, causes and fixes"
VERSION = "2.21.0"
_EPOCH = 1_577_836_800_000  # milliseconds, 2020-01-01: the same queries give the same bytes
# Properties that are no text, by the names Bloom gives their types.
_TYPES = {
    **dict.fromkeys(("turns", "index", "codings", "claims"), "bigint"),
    **dict.fromkeys(("start", "end"), "number"),
    **dict.fromkeys(("codes_exported", "label_without_underline"), "boolean"),
    **dict.fromkeys(("interviews", "people", "catalogues", "quotes", "only_in", "labels"), "array"),
}
# What Bloom proposes for a parameter: values of a property of nodes with a label.
_SUGGESTIONS = {"code": ("Concept", "name"), "interview": ("Interview", "id"), "coder": ("Coder", "name")}
_PARAMETER_TYPES = {"int": "Integer", "float": "Float", "bool": "Boolean"}
# A path that the query builds itself is a list of nodes and edges, which Bloom does not draw.
_BUILT = re.compile(r"\)\s+AS path\b")
_PATH = re.compile(r"\bAS\s+path\b", re.IGNORECASE)
_HIDDEN = ("reading", "sha256", "build", "digests")  # long values that say nothing to a reader


def perspective(queries: Iterable[Query]) -> str:
    """The perspective as JSON."""
    shown = [label for _, label in KINDS]
    keys = {label: KEYS.get(label, "name") for label in shown}
    drawn = sorted((q for q in queries if q.returns == "graph"), key=lambda query: query.name)
    content = {
        "name": NAME,
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"kb-interviews/{NAME}")),
        "version": VERSION,
        "type": "STANDARD_PERSPECTIVE",
        "createdAt": _EPOCH,
        "lastEditedAt": _EPOCH,
        "categories": [_category(n, kind, label) for n, (kind, label) in enumerate(KINDS, 1)],
        "labels": {label: _property_keys(label, _properties(label)) for label in shown},
        "relationshipTypes": [_relationship(edge.type, edge.properties) for edge in EDGES],
        "palette": {"colors": [node_style(kind, THEME).stroke for kind, _ in KINDS], "currentIndex": 0},
        "templates": [_phrase(n, query) for n, query in enumerate(drawn)],
        "sceneActions": [],
        "hiddenRelationshipTypes": [],
        "hiddenCategories": [],
        "hideUncategorisedData": False,
        "parentPerspectiveId": None,
        "metadata": {
            "pathSegments": [
                {"source": edge.start, "relationshipType": edge.type, "target": edge.end} for edge in EDGES
            ],
            "indexes": [
                {"label": label, "type": "native", "propertyKeys": [{"key": key, "metadataProp": False}]}
                for label, key in keys.items()
            ],
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _properties(label: str) -> tuple[str, ...]:
    """Properties of nodes with a label, the key first."""
    for node in NODES:
        if label in (node.label, *node.also):
            return (node.key, *node.properties)
    return ("name",)


def _type(name: str) -> str:
    return _TYPES.get(name, "string")


def _property_keys(owner: str, names: Iterable[str]) -> list[dict[str, str]]:
    return [{"propertyKey": name, "type": owner, "dataType": _type(name)} for name in names]


def _category(number: int, kind: str, label: str) -> dict[str, Any]:
    key = re.findall(r"\{(\w+)\}", caption(kind))[-1]
    return {
        "id": number,
        "name": label,
        "labels": [label],
        "properties": [
            {"name": name, "exclude": name in _HIDDEN, "dataType": _type(name)} for name in _properties(label)
        ],
        "createdAt": _EPOCH,
        "lastEditedAt": _EPOCH,
        # Bloom has no line around a node: the line's colour is what the figures are told apart by.
        "color": node_style(kind, THEME).stroke,
        "icon": "no-icon",
        "size": 1 if size(kind) == CONCEPT_SIZE else OTHER_SIZE / CONCEPT_SIZE,
        "textSize": 1,
        "textAlign": "top",
        "captions": [_caption(key, "property") | {"isGdsData": False}],
        "captionKeys": [key],
        "styleRules": [],
    }


def _relationship(type_: str, properties: Iterable[str]) -> dict[str, Any]:
    return {
        "id": type_,
        "name": type_,
        "color": edge_colour(type_),
        "properties": _property_keys(type_, properties),
        "size": 2 if type_ in RELATIONS else 1,
        "textSize": 1,
        "textAlign": "top",
        "captions": [_caption(type_, "relationship")],
        "captionKeys": [],
        "styleRules": [],
    }


def _caption(key: str, type_: str) -> dict[str, Any]:
    return {"key": key, "type": type_, "isCaption": True, "inTooltip": True, "styles": []}


def _phrase(number: int, query: Query) -> dict[str, Any]:
    """A search phrase: what a user must name are its parameters, the others take their defaults.

    Bloom has no lists, which code parameters are, and draws what is a node, an edge or a path.
    """
    named = {name: param for name, param in query.params.items() if param.required}
    texts = {name: literal(p.default) for name, p in query.params.items() if name not in named}
    texts |= {name: f"[${name}]" for name, p in named.items() if p.type == "code"}
    texts |= dict.fromkeys(query.steps, "null")  # the query looks for it itself
    cypher = substitute(query.text, texts).strip()
    if _BUILT.search(cypher):
        cypher = f"CALL {{\n{cypher}\n}}\nUNWIND path AS part\nRETURN DISTINCT part"
    elif _PATH.search(cypher):
        cypher = f"CALL {{\n{cypher}\n}}\nRETURN path"
    params = []
    for name, param in named.items():
        label, key = _SUGGESTIONS.get(param.type, (None, None))
        params.append(
            {
                "name": f"${name}",
                "dataType": _PARAMETER_TYPES.get(param.type, "String"),
                "collapsed": False,
                "suggestionLabel": label,
                "suggestionProp": key,
                "suggestionBoolean": False,
                "cypher": None,
            }
        )
    return {
        "id": f"tmpl:{_EPOCH + number}",
        "name": query.title,
        "createdAt": _EPOCH + number,
        "text": " ".join([query.title, *(f"${name}" for name in named)]),
        "description": query.description,
        "cypher": cypher,
        "params": params,
        "isUpdateQuery": None,
        "isWriteTransactionChecked": None,
        "hasCypherErrors": False,
    }
