"""A merged page with components in their place, and with all that is the same on every page written out.

What is left for a page is its own values and the text between them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import count
from typing import Any

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from .compiling import FOUND, HERE
from .components import remembering_here
from .folding import Folder
from .merging import Known
from .placing import Called, Placed, copied, find, uses

SIMPLE = (nodes.Const, nodes.Name, nodes.EnvironmentAttribute)  # as quick to ask for twice as once
PARTS = (nodes.Const, nodes.Getattr, nodes.Getitem, nodes.EnvironmentAttribute)  # of records, which pages may share
NAMING = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.Import, nodes.FromImport)  # what sets names
OWN_NAMES = (nodes.Assign, nodes.AssignBlock, nodes.Macro, nodes.CallBlock)  # components with these stay functions


class Expander(NodeTransformer):
    """Writes out what is known."""

    def __init__(self, environment: Any, known: Known) -> None:
        self.environment, self.known = environment, known
        self.folder = Folder(environment, known)
        self._numbers = count()
        self._here: dict[tuple[Any, ...], nodes.EnvironmentAttribute] = {}  # components that remember

    def expand(self, tree: nodes.Template) -> nodes.Template:
        """The tree, shorter. What is set once, to something known, is known as well."""
        stored = Counter(node.name for node in tree.find_all(nodes.Name) if node.ctx != "load")
        stored.update(macro.name for macro in tree.find_all(nodes.Macro))
        self._place_constants(tree.body, {name for name, times in stored.items() if times == 1})
        expanded: nodes.Template = self.visit(tree)
        expanded.set_environment(self.environment)
        return expanded

    def _place_constants(self, body: list[nodes.Node], once: Set[str]) -> None:
        """Put what is set in a body, to something known, in the place of its name in all that follows there.

        Not in what stands before, nor outside the block; and what is set in a branch is not set on every page.
        """
        constants: dict[str, nodes.Expr] = {}
        placing = Placed(constants)
        for at, node in enumerate(body):
            body[at] = placed = placing.visit(node)
            if isinstance(placed, (nodes.Scope, nodes.OverlayScope)):
                self._place_constants(placed.body, once)
            elif isinstance(placed, nodes.Assign) and isinstance(placed.target, nodes.Name):
                folded = self.folder.folded(placed.node)
                if isinstance(folded, nodes.Const) and placed.target.name in once:
                    constants[placed.target.name] = folded

    def generic_visit(self, node: nodes.Node, *args: Any, **kwargs: Any) -> nodes.Node:
        """Fold an expression that is known; else look into it."""
        if isinstance(node, nodes.Expr):
            folded = self.folder.folded(node)
            if folded is not node:
                return folded
        visited = super().generic_visit(node, *args, **kwargs)
        for name in ("body", "else_"):
            if isinstance(getattr(visited, name, None), list):
                setattr(visited, name, self._joined(getattr(visited, name)))
        return visited

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802  (Jinja's name)
        """What is written, with components and sentences in their pieces."""
        return self._joined(piece for child in node.nodes for piece in self._pieces(child))

    def visit_CallBlock(self, node: nodes.CallBlock) -> Any:  # noqa: N802  (Jinja's name)
        """A component around what the page writes."""
        body = [] if node.args else self._inlined(node.call, node.body)
        return self._all(body) if body else self.generic_visit(node)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  (Jinja's name)
        """A call within an expression."""
        phrase = self.folder.phrase(node)
        if phrase:
            return nodes.Concat([self.visit(piece) for piece in phrase], lineno=node.lineno)
        visited = self.generic_visit(node)
        return self._remembering(visited) if isinstance(visited, nodes.Call) else visited

    def visit_If(self, node: nodes.If) -> Any:  # noqa: N802  (Jinja's name)
        """Only the branch that is taken on every page."""
        test = self.folder.folded(node.test)
        if not isinstance(test, nodes.Const):
            return self.generic_visit(node)
        if test.value:
            return self._all(node.body)
        if node.elif_:
            first, *others = node.elif_
            return self.visit(nodes.If(first.test, first.body, others, node.else_, lineno=node.lineno))
        return self._all(node.else_)

    def visit_For(self, node: nodes.For) -> Any:  # noqa: N802  (Jinja's name)
        """A loop over a list that stands in the template, written out."""
        target = node.target.items if isinstance(node.target, nodes.Tuple) else [node.target]
        if not isinstance(node.iter, nodes.List) or node.else_ or node.test or uses(node.body, "loop"):
            return self.generic_visit(node)
        rows = [item.items if isinstance(item, nodes.Tuple) else [item] for item in node.iter.items]
        if any(len(row) != len(target) for row in rows):
            return self.generic_visit(node)
        names = [one.name for one in target if isinstance(one, nodes.Name)]
        return self._all([one for row in rows for one in self._bound(node.body, dict(zip(names, row, strict=True)))])

    def _all(self, body: Sequence[nodes.Node]) -> list[nodes.Node]:
        """Each statement, expanded."""
        visited = [self.visit(node) for node in body]
        return self._joined(one for found in visited for one in (found if isinstance(found, list) else [found]))

    def _joined(self, pieces: Iterable[nodes.Node]) -> list[nodes.Node]:
        """Statements, and between them what is written, without the borders of blocks that set nothing."""
        made: list[nodes.Node] = []
        for piece in pieces:
            last = made[-1] if made else None
            if isinstance(piece, nodes.Scope) and not any(find(piece.body, *NAMING)):
                made = self._joined([*made, *piece.body])
            elif isinstance(piece, nodes.Output) and isinstance(last, nodes.Output):
                made[-1] = nodes.Output([*last.nodes, *piece.nodes], lineno=last.lineno)
            elif isinstance(piece, nodes.Expr):
                made = self._joined([*made, nodes.Output([piece], lineno=piece.lineno)])
            else:
                made.append(piece)
        return made

    def _pieces(self, child: nodes.Expr) -> Iterator[nodes.Node]:
        """What one value becomes: statements of a component, pieces of a sentence, or the value."""
        folded = self.folder.folded(child)
        if isinstance(folded, nodes.CondExpr):
            first, second = ([nodes.Output([one])] if one else [] for one in (folded.expr1, folded.expr2))
            yield self.visit(nodes.If(folded.test, first, [], second, lineno=child.lineno))
        elif not isinstance(folded, nodes.Call):
            yield self.visit(folded)
        else:
            own = [one for one in folded.args if not isinstance(one, nodes.Const)]
            is_remembered = len(own) <= 1 and all(isinstance(one, PARTS) for one in own)
            inlined = [] if is_remembered else self._inlined(folded)
            phrase = None if inlined else self.folder.phrase(folded)
            if inlined:
                yield from self._all(inlined)
            elif phrase:
                for piece in phrase:
                    yield from self._pieces(piece)
            else:
                yield self.visit(folded)

    def _remembering(self, node: nodes.Call) -> nodes.Call:
        """A call of a component that remembers for this place what it made of a part of a record."""
        name = node.node.name if isinstance(node.node, nodes.EnvironmentAttribute) else ""
        own = [argument for argument in node.args if not isinstance(argument, nodes.Const)]
        if name not in self.known.macros or node.kwargs or len(own) != 1 or node.args[0] is not own[0]:
            return node
        others = tuple(argument.value for argument in node.args[1:] if isinstance(argument, nodes.Const))
        key = name, others, tuple(map(type, others))  # with the types, as 1 equals true and is written differently
        if key not in self._here:
            here = f"{HERE}{len(self._here)}"
            call, found = remembering_here(self.known.values[name], others)
            self.known.add(here + FOUND, found)
            self._here[key] = self.known.add(here, call)
        return nodes.Call(self._here[key], own, [], None, None)

    def _inlined(self, node: nodes.Call, body: Sequence[nodes.Node] = ()) -> list[nodes.Node]:
        """A component in the place of its call; nothing when it has to be called."""
        macro = self.known.macros.get(node.node.name) if isinstance(node.node, nodes.EnvironmentAttribute) else None
        if macro is None or node.dyn_args or node.dyn_kwargs or len(node.args) > len(macro.args):
            return []
        # What a call made for this page will not come again: nothing is lost without the function that remembers.
        is_made = any(isinstance(argument, nodes.Call) for argument in node.args)
        own_names = tuple(kind for kind in OWN_NAMES if not (is_made and kind is nodes.Assign))
        if any(find(macro.body, *own_names)) or uses(macro.body, "varargs") or uses(macro.body, "kwargs"):
            return []
        names = [argument.name for argument in macro.args]
        values = dict(zip(names[len(names) - len(macro.defaults) :], macro.defaults, strict=True))
        values |= dict(zip(names, node.args, strict=False))
        values |= {keyword.key: keyword.value for keyword in node.kwargs}
        if values.keys() != set(names):
            return []
        called = Called(body)
        made = [called.visit(one) for one in self._bound(macro.body, values)]
        flat = [one for found in made for one in (found if isinstance(found, list) else [found])]
        return [] if uses(flat, "caller") else flat

    def _bound(self, body: Sequence[nodes.Node], values: Mapping[str, nodes.Expr]) -> list[nodes.Node]:
        """A copy of a body with values in the place of names; a value that it uses several times is made once."""
        number = next(self._numbers)
        made: list[nodes.Node] = []
        placed: dict[str, nodes.Expr] = {}
        loops = [one for loop in find(body, nodes.For) for one in loop.body]
        for name, given in values.items():
            value = self.folder.folded(given)
            if isinstance(value, SIMPLE) or (uses(body, name) == 1 and not uses(loops, name)):
                placed[name] = value
            elif uses(body, name):
                made.append(nodes.Assign(nodes.Name(f"{name}_{number}", "store"), value, lineno=1))
                placed[name] = nodes.Name(f"{name}_{number}", "load")
        own = {node.name: f"{node.name}_{number}" for node in find(body, nodes.Name) if node.ctx == "store"}
        return [*made, *[Placed(placed, own).visit(copied(node)) for node in body]]
