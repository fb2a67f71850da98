"""Macros as plain functions, and macros of imported files as functions that remember.

Jinja's Macro sorts its arguments anew at each call, which took a fifth of a page's time; a link to an organization
was made anew on each page that has it, which took another fifth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from ..model import Code, Money, Ref, Source
from ..text import Day, Text
from .writing import markup

Component = Callable[..., str]
PURE = "call"  # name of the function below whose result depends on its arguments alone
REMEMBERED = 1024  # results of a component; some hundred kB
SHARED = frozenset((str, int, bool, type(None), Markup, Text, Day, Money, Ref, Code, Source))  # what pages share


def component(
    environment: Any, body: Component, name: str | None, arguments: tuple[str, ...], *rest: bool
) -> Component:
    """Stands in for Macro(...) in compiled templates: a function that does the same."""
    catches_names, catches_values, has_caller, autoescape = rest
    macro = Macro(
        environment, body, name or "caller", [*arguments], catches_names, catches_values, has_caller, autoescape
    )
    if catches_names or catches_values or "caller" in arguments:
        return macro
    count = len(arguments)
    absent = (missing,) * count

    def call(*given: Any, **named: Any) -> str:
        if named or len(given) > count:
            return macro(*given, **named)
        return markup(body(*given, *absent[len(given) :]))

    def call_with_body(*given: Any, caller: Component | None = None, **named: Any) -> str:
        if named or caller is None or len(given) > count:
            return macro(*given, caller=caller, **named) if caller else macro(*given, **named)
        return markup(body(*given, *absent[len(given) :], caller))

    call.whole = count, body  # type: ignore[attr-defined]  # see remembering_here()
    return call_with_body if has_caller else call


def call_body(body: Callable[[], str]) -> Component:
    """What stands between {% call %} and {% endcall %}, as a function."""
    return partial(_marked, body)


def _marked(body: Callable[[], str]) -> Markup:
    return markup(body())


def remember(module: TemplateModule) -> TemplateModule:
    """Let the components of an imported file remember what they made of values that pages share.

    A component is imported without the page, so its result depends on its arguments alone (and on the globals, which
    are the same for all pages of an environment).
    """
    for name, found in vars(module).items():
        if getattr(found, "__name__", "") == PURE:
            vars(module)[name] = _remembering(found)
    return module


def _remembering(made: Component) -> Component:
    """A component that looks for its arguments, first for these very objects, then for others that are equal."""
    equal = lru_cache(REMEMBERED, typed=True)(made)  # typed, as Markup equals a text that needs to be escaped
    same: dict[tuple[int, ...], tuple[Any, str]] = {}  # with the objects, so that they live and keep their identity

    def call(*given: Any, **named: Any) -> str:
        if named:
            return made(*given, **named)
        key = tuple(map(id, given))
        found = same.get(key)
        if found is not None:
            return found[1]
        if not SHARED.issuperset(map(type, given)):
            return made(*given)
        if len(same) >= REMEMBERED:
            same.clear()
        result = equal(*given)
        same[key] = given, result
        return result

    call.__wrapped__ = made  # type: ignore[attr-defined]  # as functools has it
    return call


def remembering_here(made: Component, others: Sequence[Any]) -> tuple[Component, Callable[[int], str | None]]:
    """A component that is given one value, and `others`, always the same; and what it remembers, by id() of the value.

    It knows this very object: the texts and links of code lists, organizations and places come again and again.
    """
    found: dict[int, str] = {}
    kept: list[Any] = []  # so that the objects live and keep their identity
    plain = getattr(made, "__wrapped__", made)
    count, body = getattr(plain, "whole", (0, plain))
    make = (lambda *given: markup(body(*given))) if count == 1 + len(others) else plain  # without what may be absent

    def call(given: Any) -> str:
        result = make(given, *others)
        if type(given) in SHARED:
            if len(kept) >= REMEMBERED:
                found.clear()
                kept.clear()
            found[id(given)] = result
            kept.append(given)
        return result

    return call, found.get
