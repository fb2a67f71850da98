"""A template that is compiled once for few pages, and once more, as one tree, when there are many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from types import CodeType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.utils import missing

from .components import call_body, component, remember
from .expanding import Expander
from .folding import FAULTS
from .merging import Merger, UnmergedError
from .writing import between, joined, markup, written

if TYPE_CHECKING:
    from .environment import QuickEnvironment


class QuickContext(Context):
    """A Context that does not list the globals for each page; they are the same everywhere in an environment."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, Any],
        name: str | None,
        blocks: Mapping[str, Callable[..., Any]],
        globals: MutableMapping[str, Any] | None = None,  # noqa: ARG002  (Jinja hands it over)
    ) -> None:
        self.parent, self.vars, self.name = parent, {}, name
        self.environment, self.eval_ctx = environment, EvalContext(environment, name)
        self.exported_vars, self.globals_keys = set(), set()
        self.blocks = {block: [function] for block, function in blocks.items()}


class QuickTemplate(Template):
    """A Template whose compiled code finds our functions in the place of Jinja's."""

    environment: QuickEnvironment
    pages = 0  # that were made
    merged: Callable[[dict[str, Any]], bytes] | None = None  # makes the same page from one tree; see merging.py

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> QuickTemplate:
        """Make a template; its functions look names up when they run."""
        return cls._made(environment, code, globals, uptodate, {})

    @classmethod
    def _made(
        cls,
        environment: Any,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None,
        known: Mapping[str, Any],
    ) -> QuickTemplate:
        namespace: dict[str, Any] = {"environment": environment, "__file__": code.co_filename, **known}
        exec(code, namespace)
        namespace.update(escape=written, Markup=markup, markup_join=joined, between=between)
        namespace.update(Macro=component, call_body=call_body)
        for name, block in namespace["blocks"].items():
            namespace["blocks"][name] = namespace[f"block_{name}"] = _whole(block)
        namespace["root"] = _whole(namespace["root"])
        namespace.update(words=environment.words, phrases=environment.phrases)
        made = cls._from_namespace(environment, namespace, globals)
        assert isinstance(made, QuickTemplate)
        made._uptodate = uptodate
        return made

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The text."""
        return self.octets(dict(*args, **kwargs)).decode()

    def octets(self, values: dict[str, Any]) -> bytes:
        """The text in UTF-8. Where attributes are asked for that are not there, it is made anew as Jinja reads them."""
        self.pages += 1
        if self.pages == self.environment.worth:
            self._merge(values)
        if self.merged and self.environment.globals.keys().isdisjoint(values):
            try:
                return self.merged(values)
            except FAULTS:
                self.merged = None  # what is wrong is said below, in the file where it stands
        return self._render(values).encode()

    def expect_many(self, values: dict[str, Any]) -> None:
        """Compile this template as one tree now, by the values of a page, as many more will come."""
        if self.pages < self.environment.worth:
            self.pages = self.environment.worth
            self._merge(values)

    def _render(self, values: dict[str, Any]) -> str:
        environment = self.environment
        if self.name not in environment.indirect:
            try:
                return super().render(values)
            except AttributeError:
                if not environment.is_direct:
                    raise
                environment.indirect.add(self.name)
        return environment.jinjas_own.get_template(self.name or "").render(values)

    def _merge(self, values: dict[str, Any]) -> None:
        """Compile this template as one tree, unless that cannot be or gives another text for this page."""
        environment, name = self.environment, self.name or ""
        merger = Merger(environment)
        try:
            tree = Expander(environment, merger.known).expand(merger.merge(name))
            code = environment.compile(tree, name, self.filename)
            made = self._made(environment, code, self.globals, None, merger.known.values)
            merged = _one_tree(made, QuickContext(environment, {}, name, {}))
            if merged(values) == self._render(values).encode():
                self.merged = merged
        except (*FAULTS, UnmergedError):
            return

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  (Jinja hands it over)
        """The components of this file."""
        if self._module is None:
            self._module = remember(self.make_module())
        return self._module


class _Names(dict[str, Any]):
    """What the page has been given, else a global, else `missing`. One is looked up without a call of Python."""

    def __init__(self, otherwise: Mapping[str, Any]) -> None:
        self._otherwise = otherwise

    def __missing__(self, name: str) -> Any:
        return self._otherwise.get(name, missing)


def _one_tree(made: Template, context: QuickContext) -> Callable[[dict[str, Any]], bytes]:
    """A page by a template that sets nothing in its context, so that one context serves for all pages."""
    pieces, join = made.root_render_func.__wrapped__, b"".join  # type: ignore[attr-defined]
    names = _Names(made.globals)

    def page(values: dict[str, Any]) -> bytes:
        names.clear()
        names.update(values)
        return join(next(pieces(context)))

    context.resolve_or_missing = names.__getitem__  # type: ignore[method-assign, assignment]

    return page


def _whole(pieces: Callable[[Context], Iterable[str]]) -> Callable[[Context], Iterator[str]]:
    """A block that gives its text at once. Piece by piece, each goes through the blocks around: a tenth of a page."""

    def text(context: Context) -> Iterator[str]:
        yield "".join(pieces(context))

    text.__wrapped__ = pieces  # type: ignore[attr-defined]  # as functools has it
    return text
