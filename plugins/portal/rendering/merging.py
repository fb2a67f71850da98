"""The files of a page as one tree: the template in its frame, with what it includes and imports.

Only plain cases are merged: blocks without super(), files named by a text, components imported without the page. For
all others UnmergedError is raised, and the page is made as Jinja makes it, from its files one after the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, nodes
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.visitor import NodeTransformer

from .compiling import COMPONENT

MOST_FILES = 20  # of a frame in a frame, or of includes; more are a circle
SILENT = (nodes.Assign, nodes.AssignBlock, nodes.ExprStmt, nodes.Macro, nodes.FromImport)  # what writes nothing
LEFT_OUT = (nodes.Extends, nodes.Block, nodes.Output)  # of a page with a frame: only its blocks are written


class UnmergedError(Exception):
    """These files cannot be one."""


@dataclass
class Known:
    """What is known before any page: name in the merged code -> value; and of components how they are written."""

    values: dict[str, Any] = field(default_factory=dict)
    macros: dict[str, nodes.Macro] = field(default_factory=dict)

    def add(self, name: str, value: Any) -> nodes.EnvironmentAttribute:
        """Name a value."""
        self.values[name] = value
        return nodes.EnvironmentAttribute(name)


class Merger:
    """Puts the files of one page together."""

    def __init__(self, environment: Environment) -> None:
        self.environment = environment
        self.known = Known()
        self._components: dict[str, dict[str, str]] = {}  # file -> its components -> their names in the merged code
        self._files = 0

    def merge(self, name: str) -> nodes.Template:
        """The tree of a page. Raises UnmergedError, and TemplateError for a file that cannot be used."""
        body = self._framed(name, {})
        self._resolve(body)
        # In a scope what is set is local, as nobody else asks for it; this one collects its text in a list.
        return nodes.Template([nodes.OverlayScope(nodes.Const(None), body, lineno=1)], lineno=1)

    def _parse(self, name: str) -> nodes.Template:
        assert self.environment.loader
        source, file, _ = self.environment.loader.get_source(self.environment, name)
        return self.environment._parse(source, name, file)

    def _framed(self, name: str, blocks: dict[str, nodes.Block]) -> list[nodes.Node]:
        """What is set in a page, then the frame with the blocks of the page."""
        self._files += 1
        tree = self._parse(name)
        if (
            self._files > MOST_FILES
            or any(_names(tree, "super", "self"))
            or any(tree.find_all((nodes.Import, nodes.ContextReference)))
        ):
            raise UnmergedError
        blocks = {**{block.name: block for block in tree.find_all(nodes.Block)}, **blocks}
        frames = list(tree.find_all(nodes.Extends))
        if not frames:
            filled = _Filled(self, blocks).visit(tree)
            return list(filled.body)
        beside = [node for node in tree.body if not isinstance(node, LEFT_OUT)]
        if frames != tree.body[:1] or not all(map(_only_sets, beside)):
            raise UnmergedError
        return [*beside, *self._framed(_text(frames[0].template), blocks)]

    def include(self, node: nodes.Include) -> nodes.Scope:
        """What is included, in its place."""
        if not node.with_context or node.ignore_missing:
            raise UnmergedError
        self._files += 1
        tree = self._parse(_text(node.template))
        if self._files > MOST_FILES or any(tree.find_all((nodes.Extends, nodes.Block, nodes.Import))):
            raise UnmergedError
        return nodes.Scope(_Filled(self, {}).visit(tree).body, lineno=node.lineno)

    def _resolve(self, body: list[nodes.Node]) -> None:
        """Put what is known in the place of the names of globals and of imported components."""
        whole = nodes.Template(body, lineno=1)
        names: dict[str, str] = {}
        for node in whole.find_all(nodes.FromImport):
            for alias, known in self._imported(node):
                if names.setdefault(alias, known) != known:
                    raise UnmergedError
        stored = {one.name for one in whole.find_all(nodes.Name) if one.ctx != "load"}
        stored.update(macro.name for macro in whole.find_all(nodes.Macro))
        if stored & names.keys():
            raise UnmergedError
        body[:] = _Resolved(self, names, stored).visit(whole).body

    def _imported(self, node: nodes.FromImport) -> Iterator[tuple[str, str]]:
        """Each name of an import and its name in the merged code."""
        if node.with_context:
            raise UnmergedError
        components = self._components_of(_text(node.template))
        for one in node.names:
            name, alias = one if isinstance(one, tuple) else (one, one)
            if name not in components:
                raise UnmergedError
            yield alias, components[name]

    def _components_of(self, file: str) -> dict[str, str]:
        """The components of a file: their names there and in the merged code."""
        if file in self._components:
            return self._components[file]
        tree, module = self._parse(file), self.environment.get_template(file).module
        number = len(self._components)
        macros = [node for node in tree.body if isinstance(node, nodes.Macro)]
        names = self._components[file] = {macro.name: f"{COMPONENT}{number}_{macro.name}" for macro in macros}
        for macro in macros:
            self.known.add(names[macro.name], getattr(module, macro.name))
        imported = [pair for node in tree.find_all(nodes.FromImport) for pair in self._imported(node)]
        for macro in macros:
            stored = {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
            self.known.macros[names[macro.name]] = _Resolved(self, {**names, **dict(imported)}, stored).visit(macro)
        return names

    def global_named(self, name: str) -> nodes.EnvironmentAttribute | None:
        """A global, unless it is one of Jinja's, which may change."""
        if name in DEFAULT_NAMESPACE or name not in self.environment.globals:
            return None
        return self.known.add(f"global_{name}", self.environment.globals[name])


class _Filled(NodeTransformer):
    """Puts blocks and includes in their places."""

    def __init__(self, merger: Merger, blocks: dict[str, nodes.Block]) -> None:
        self.merger, self.blocks = merger, blocks

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802  (Jinja's name)
        """The block of the page that is farthest from the frame."""
        chosen = self.blocks[node.name]
        if chosen.required:
            raise UnmergedError
        return self.generic_visit(nodes.Scope(chosen.body, lineno=node.lineno))

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802  (Jinja's name)
        """The included file."""
        return self.merger.include(node)


class _Resolved(NodeTransformer):
    """Puts what is known in the place of names, and leaves imports out."""

    def __init__(self, merger: Merger, names: dict[str, str], stored: set[str]) -> None:
        self.merger, self.names, self.stored = merger, names, stored

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802  (Jinja's name)
        """A name that is read and never set."""
        if node.ctx != "load" or node.name in self.stored:
            return node
        if node.name in self.names:
            return nodes.EnvironmentAttribute(self.names[node.name])
        return self.merger.global_named(node.name) or node

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802  (Jinja's name)
        """Not needed: what it imports is known."""


def _only_sets(node: nodes.Node) -> bool:
    """Whether a statement beside the blocks of a page writes nothing."""
    is_branch = isinstance(node, (nodes.For, nodes.If))
    return isinstance(node, SILENT) or (is_branch and not any(node.find_all((nodes.Output, nodes.Block))))


def _names(tree: nodes.Node, *names: str) -> Iterable[nodes.Name]:
    return (node for node in tree.find_all(nodes.Name) if node.name in names)


def _text(node: nodes.Expr) -> str:
    """The name of a file. Raises UnmergedError for one that depends on the page."""
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return node.value
    raise UnmergedError
