"""Trees of templates: copies of them, with values in the place of names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import TypeVar

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

Node = TypeVar("Node", bound=nodes.Node)


def copied(node: Node) -> Node:
    """The same tree once more."""
    made = copy(node)
    for name, child in node.iter_fields():
        if isinstance(child, nodes.Node):
            setattr(made, name, copied(child))
        elif isinstance(child, list):
            setattr(made, name, [copied(one) if isinstance(one, nodes.Node) else one for one in child])
    return made


def find(body: Sequence[nodes.Node], *kinds: type[Node]) -> Iterator[Node]:
    """All nodes of some kinds."""
    for node in body:
        if isinstance(node, kinds):
            yield node
        yield from node.find_all(kinds)


def uses(body: Sequence[nodes.Node], name: str) -> int:
    """How often a name is read."""
    return sum(1 for node in find(body, nodes.Name) if node.name == name and node.ctx == "load")


class Placed(NodeTransformer):
    """Puts values in the place of names that are read, and other names in the place of names."""

    def __init__(self, values: Mapping[str, nodes.Expr], names: Mapping[str, str] | None = None) -> None:
        self.values, self.names = values, names or {}

    def visit_Name(self, node: nodes.Name) -> nodes.Expr:  # noqa: N802  (Jinja's name)
        """What stands for the name."""
        if node.ctx == "load" and node.name in self.values:
            return copied(self.values[node.name])
        return nodes.Name(self.names.get(node.name, node.name), node.ctx, lineno=node.lineno)


class Called(NodeTransformer):
    """Puts what stands between {% call %} and {% endcall %} in the place of {{ caller() }}."""

    def __init__(self, body: Sequence[nodes.Node]) -> None:
        self.body = body

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802  (Jinja's name)
        """What is written before, the body, what is written after."""
        last = nodes.Output([], lineno=node.lineno)
        made: list[nodes.Node] = [last]
        for child in node.nodes:
            if isinstance(child, nodes.Call) and uses([child.node], "caller") and not (child.args or child.kwargs):
                last = nodes.Output([], lineno=node.lineno)
                made += [*map(copied, self.body), last]
            else:
                last.nodes.append(child)
        return made
