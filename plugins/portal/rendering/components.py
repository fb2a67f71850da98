"""Macros as plain functions, and macros of imported files as functions that remember.

Jinja's Macro sorts its arguments anew at each call; a plain function with the right number of them does not.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from jinja2.environment import TemplateModule
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from ..model import Code, Ref, Source
from ..text import Day, Text
from .writing import markup

Component = Callable[..., str]
REMEMBERED = 4096  # results of a component; the oldest unused makes place
SHARED = frozenset((str, int, bool, type(None), Markup, Text, Day, Ref, Code, Source))  # what many pages have in common


def component(
    environment: Any, body: Callable[..., str], name: str | None, arguments: tuple[str, ...], *rest: Any
) -> Any:
    """Stands in for Macro(...) in compiled templates: a function that does the same, called as a macro is."""
    catches_names, catches_values, has_caller, autoescape = rest
    count = len(arguments)
    if name is None and not (arguments or catches_names or catches_values or has_caller):
        return partial(_body, body)  # what stands between {% call %} and {% endcall %}
    macro = Macro(
        environment, body, name or "caller", list(arguments), catches_names, catches_values, has_caller, autoescape
    )
    if catches_names or catches_values or "caller" in arguments:
        return macro
    absent = (missing,) * count

    def call(*given: Any, **named: Any) -> str:
        if named or len(given) > count:
            return macro(*given, **named)
        return markup(body(*given, *absent[len(given) :]))

    def call_with_body(*given: Any, **named: Any) -> str:
        if len(named) != 1 or "caller" not in named or len(given) > count:
            return macro(*given, **named)
        return markup(body(*given, *absent[len(given) :], named["caller"]))

    chosen = call_with_body if has_caller else call
    chosen.__name__ = name or "caller"
    return chosen


def _body(body: Callable[[], str]) -> Markup:
    return markup(body())


def remember(module: TemplateModule) -> TemplateModule:
    """Let the components of an imported file remember what they made of values that pages share.

    A component is imported without the page, so its result depends on its arguments alone (and on the globals, which
    are the same for all pages of an environment). Arguments are compared by value, so none is kept alive in vain.
    """
    for name, found in vars(module).items():
        if callable(found) and hasattr(found, "__closure__"):
            vars(module)[name] = _remembering(found)
    return module


def _remembering(made: Component) -> Component:
    kept = lru_cache(REMEMBERED, typed=True)(made)
    is_shared = SHARED.issuperset

    def call(*given: Any, **named: Any) -> str:
        if named or not is_shared(map(type, given)):
            return made(*given, **named)
        return kept(*given)

    call.__name__ = made.__name__
    return call
