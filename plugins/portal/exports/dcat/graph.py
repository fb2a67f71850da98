"""A small graph of linked data, and its two ways into a file: Turtle and JSON-LD. Knows no vocabulary.

Predicates, classes and datatypes are written with a prefix, such as “dct:title”. There are no nodes without address.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"  # what an address may hold beside letters and digits
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, in a language or of a datatype such as “xsd:date”."""

    value: str
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Node:
    """A thing by its address, in full or relative to the file, and what is said of it where it is pointed at."""

    address: str
    kind: str | None = None  # its class
    told: tuple[tuple[str, Term], ...] = field(default=())

    @property
    def iri(self) -> str:
        """The address, with every letter that an address may not hold encoded."""
        return quote(self.address, safe=IN_ADDRESSES)


Term = Literal | Node
Statements = dict[str, dict[Literal | str, None]]  # predicate -> objects in their order; a node is its IRI
TYPE = "rdf:type"


class Graph:
    """Statements in the order in which they came, each once."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = prefixes
        self.subjects: dict[str, Statements] = {}

    def tell(self, subject: Node, predicate: str, objects: Iterable[Term]) -> None:
        """State a property of the subject, and what the objects themselves tell."""
        for term in objects:
            if isinstance(term, Node):
                self.introduce(term)
            self._add(subject.iri, predicate, term.iri if isinstance(term, Node) else term)

    def introduce(self, node: Node) -> None:
        """State the class of a node and what it tells."""
        if node.kind:
            self._add(node.iri, TYPE, node.kind)
        for predicate, term in node.told:
            self.tell(node, predicate, (term,))

    def of_kind(self, kind: str) -> Iterator[tuple[str, Statements]]:
        """(IRI, what is said of it) of every thing of a class."""
        return ((iri, told) for iri, told in self.subjects.items() if kind in told.get(TYPE, ()))

    def _add(self, subject: str, predicate: str, value: Literal | str) -> None:
        self.subjects.setdefault(subject, {}).setdefault(predicate, {})[value] = None


def turtle(graph: Graph) -> str:
    """The graph as Turtle."""
    lines = [f"@prefix {prefix}: <{address}> ." for prefix, address in graph.prefixes.items()]
    for subject, told in graph.subjects.items():
        parts = []
        for predicate, values in told.items():
            if predicate == TYPE:
                parts.append(f"a {', '.join(str(value) for value in values)}")
            else:
                parts.append(f"{predicate} {', '.join(_turtle_term(value) for value in values)}")
        lines += ["", f"<{subject}> " + " ;\n  ".join(parts) + " ."]
    return "\n".join(lines) + "\n"


def json_ld(graph: Graph) -> str:
    """The graph as JSON-LD with its context inside, a thing a line."""
    context = _json(dict(graph.prefixes))
    nodes = ",\n".join(_json(_json_node(subject, told)) for subject, told in graph.subjects.items())
    return f'{{\n"@context": {context},\n"@graph": [\n{nodes}\n]\n}}\n'


def _turtle_term(value: Literal | str) -> str:
    if isinstance(value, str):
        return f"<{value}>"
    text = _json(value.value)  # every escape of JSON is one of Turtle
    if value.language:
        return f"{text}@{value.language}"
    return f"{text}^^{value.datatype}" if value.datatype else text


def _json_node(subject: str, told: Statements) -> dict[str, Any]:
    node: dict[str, Any] = {"@id": subject}
    for predicate, values in told.items():
        if predicate == TYPE:
            node["@type"] = list(values)
        else:
            node[predicate] = [_json_term(value) for value in values]
    return node


def _json_term(value: Literal | str) -> dict[str, str]:
    if isinstance(value, str):
        return {"@id": value}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return {"@value": value.value, "@type": value.datatype} if value.datatype else {"@value": value.value}
