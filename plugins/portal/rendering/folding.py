"""What an expression of a merged page is on every page: words, addresses, settings, components of these."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from jinja2 import TemplateError, nodes
from jinja2.nodes import EvalContext
from jinja2.runtime import Undefined
from markupsafe import Markup

from .compiling import WORDS
from .merging import Known

LITERALS = frozenset((str, int, float, bool, type(None), Markup))
PLACE = re.compile(r"%\((\w+)\)s")
# What a template can do wrong. Here it is left to the page that asks for it, if ever one does.
FAULTS = (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


class _UnknownError(Exception):
    """Depends on the page."""


class Folder:
    """Computes what is known."""

    def __init__(self, environment: Any, known: Known) -> None:
        self.environment, self.known = environment, known
        self._eval = EvalContext(environment)

    def folded(self, node: nodes.Node) -> nodes.Expr:
        """The value as a literal, when it is the same on all pages; else the expression."""
        assert isinstance(node, nodes.Expr)
        if isinstance(node, nodes.CondExpr):
            test = self.folded(node.test)
            if isinstance(test, nodes.Const):
                return self.folded((node.expr1 if test.value else node.expr2) or nodes.Const(""))
        if isinstance(node, (nodes.Const, nodes.TemplateData, nodes.Name)):
            return node
        try:
            value = self._value(node)
        except _UnknownError:
            return node
        return nodes.Const(value, lineno=node.lineno) if type(value) in LITERALS else node

    def phrase(self, node: nodes.Call) -> list[nodes.Expr] | None:
        """A sentence as its pieces, text and values in turn; None for what is no sentence with plain places."""
        name = node.node.name.removeprefix("global_") if isinstance(node.node, nodes.EnvironmentAttribute) else ""
        texts = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        if len(texts) != WORDS.get(name) or len(node.args) != len(texts) or node.dyn_args or node.dyn_kwargs:
            return None
        parts = PLACE.split(self.environment.phrases[texts[0] if len(texts) == 1 else tuple(texts)])
        values = {keyword.key: keyword.value for keyword in node.kwargs}
        if not values.keys() >= set(parts[1::2]) or any("%" in text.replace("%%", "") for text in parts[::2]):
            return None
        return [
            values[part] if number % 2 else nodes.Const(Markup(part.replace("%%", "%")))
            for number, part in enumerate(parts)
        ]

    def _value(self, node: nodes.Node) -> Any:
        if isinstance(node, nodes.Const):
            return node.value
        if isinstance(node, nodes.EnvironmentAttribute):
            return self.known.values[node.name]
        if isinstance(node, nodes.Name) or not isinstance(node, nodes.Expr):
            raise _UnknownError
        try:
            value = self._called(node) if isinstance(node, nodes.Call) else self._computed(node).as_const(self._eval)
        except (*FAULTS, nodes.Impossible) as error:
            raise _UnknownError from error
        if isinstance(value, Undefined):
            raise _UnknownError
        return value

    def _called(self, node: nodes.Call) -> Any:
        """A global or a component that is given what is known: both depend on nothing else."""
        if not isinstance(node.node, nodes.EnvironmentAttribute) or node.dyn_args or node.dyn_kwargs:
            raise _UnknownError
        named = {keyword.key: self._value(keyword.value) for keyword in node.kwargs}
        return self._value(node.node)(*map(self._value, node.args), **named)

    def _computed(self, node: Any) -> Any:
        """The same expression of literals, which Jinja can compute."""
        made = copy(node)
        for name, child in node.iter_fields():
            if isinstance(child, list):
                setattr(made, name, [self._literal(one) for one in child])
            else:
                setattr(made, name, self._literal(child))
        return made.set_environment(self.environment)

    def _literal(self, child: Any) -> Any:
        if isinstance(child, nodes.Expr):
            return nodes.Const(self._value(child))
        return self._computed(child) if isinstance(child, nodes.Helper) else child
