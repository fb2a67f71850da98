"""Template -> Python. What differs from Jinja: a call is a call, and words are looked up by subscript.

Jinja lets each call ask whether the function wants the context of the template. No function of the portal does, and
asking took a third of a page's time. A sentence was formatted at each use, even without values.
"""

from __future__ import annotations

from collections.abc import Iterable
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from markupsafe import Markup, escape

WORDS = {"_": 1, "gettext": 1, "pgettext": 2}  # functions that look up words -> how many texts they are given
COMPONENT = "component_"  # how names of components begin in merged pages
HERE = f"{COMPONENT}here_"  # and of those that remember, see components.remembering_here()
FOUND = "_found"  # ending of the name under which such a one gives what it remembers


class Plain(CodeGenerator):
    """Writes `f(x)` for `f(x)` and `x.name` for `x.name`."""

    _page: str | None = None  # the list of the pieces of a merged page
    _is_page = False  # whether what is written now goes there

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802  (Jinja's name)
        """A call; of _("…") the words themselves."""
        texts = self._texts(node, frame)
        if texts:
            self._words(texts, node, frame)
            return
        if isinstance(node.node, nodes.EnvironmentAttribute) and node.node.name.startswith(HERE):
            self._remembered(node.node.name, node.args[0], frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.visit(keyword, frame)
            self.write(", ")
        if forward_caller:
            self.write("caller=caller, ")
        for stars, more in (("*", node.dyn_args), ("**", node.dyn_kwargs)):
            if more:
                self.write(stars)
                self.visit(more, frame)
                self.write(", ")
        self.write(")")

    def visit_EnvironmentAttribute(self, node: nodes.EnvironmentAttribute, frame: Frame) -> None:  # noqa: ARG002, N802
        """What is known before any page, by its name among the globals of the code; see merging.py."""
        self.write(node.name)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """Values beside each other; where one is known to be Markup, nobody has to look for one."""
        around = _around(node)
        if around:
            before, value, after = around
            self.write(f"between({before!r}, ")
            self.visit(value, frame)
            self.write(f", {after!r})")
            return
        if not any(isinstance(one, nodes.Const) and isinstance(one.value, Markup) for one in node.nodes):
            super().visit_Concat(node, frame)
            return
        self.write('Markup("".join((')
        for one in node.nodes:
            if isinstance(one, nodes.Const):
                self.write(f"{str(escape(one.value))!r}, ")
                continue
            self.write("escape(")
            self.visit(one, frame)
            self.write("), ")
        self.write(")))")

    def visit_OverlayScope(self, node: nodes.OverlayScope, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """The whole of a merged page: it gives the list of its pieces, as joining them again and again took 3 µs.

        They are octets, as most of them are the same on each page. To encode the whole page took a tenth of its time.
        """
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self._page = inner.buffer
        self.blockvisit(node.body, inner)
        self.writeline(f"yield {inner.buffer}", node)
        self.leave_frame(inner)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """An attribute, as Python reads it; see Environment.is_direct."""
        if not getattr(self.environment, "is_direct", False) or iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        if isinstance(node.node, nodes.Name) and node.node.ctx == "load":
            self.write(frame.symbols.ref(node.node.name))  # a missing one raises AttributeError too
        else:
            self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802  (Jinja's name)
        """Values that are written. An `if` without `else` gives no object that is then written as nothing."""
        for child in node.nodes:
            if isinstance(child, nodes.CondExpr) and child.expr2 is None:
                child.expr2 = nodes.Const("")
        self._is_page = frame.buffer is not None and frame.buffer == self._page
        super().visit_Output(node, frame)

    def start_write(self, frame: Frame, node: nodes.Node | None = None) -> None:
        """Before what another statement writes, such as a call with a body."""
        super().start_write(frame, node)
        if frame.buffer is not None and frame.buffer == self._page:
            self.write("(")

    def end_write(self, frame: Frame) -> None:
        """And after it."""
        if frame.buffer is not None and frame.buffer == self._page:
            self.write(").encode()")
        super().end_write(frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """What a function becomes that was written for a macro, or for the body of a call."""
        node = macro_ref.node
        if isinstance(node, nodes.CallBlock) and not (node.args or macro_ref.accesses_caller):
            self.write("call_body(macro)")
        else:
            super().macro_def(macro_ref, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands before a value; words and components are not escaped."""
        if isinstance(node, nodes.Call) and (_is_component(node) or self._texts(node, frame)):
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        """What stands after a value."""
        super()._output_child_post(node, frame, finalize)
        if self._is_page:
            self.write(".encode()")

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> str:
        """What is known before any page. A filter is not, as this code serves all languages, and a filter is of one.

        A merged page is compiled for one environment and not kept.
        """
        if self._page is None and (isinstance(node, nodes.Filter) or node.find(nodes.Filter)):
            raise nodes.Impossible
        return super()._output_child_to_const(node, frame, finalize)

    def _output_const_repr(self, group: Iterable[Any]) -> str:
        """Text that is known here."""
        text = "".join(map(str, group))
        return repr(text.encode() if self._is_page else text)

    def _remembered(self, name: str, argument: nodes.Expr, frame: Frame) -> None:
        """What a component remembers, asked for without a call of Python: that took 0.3 µs, twenty times a page."""
        self.write(f"({name}{FOUND}(id({name}_of := ")
        self.visit(argument, frame)
        self.write(f")) or {name}({name}_of))")

    def _texts(self, node: nodes.Call, frame: Frame) -> list[str]:
        """The texts of a call that looks up words, when they are known here; else none."""
        if not isinstance(node.node, nodes.Name) or len(node.args) != WORDS.get(node.node.name):
            return []
        kind, _ = frame.symbols.find_load(frame.symbols.ref(node.node.name)) or ("", None)
        texts = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
        is_known = kind == "resolve" and len(texts) == len(node.args) and not (node.dyn_args or node.dyn_kwargs)
        return texts if is_known else []

    def _words(self, texts: list[str], node: nodes.Call, frame: Frame) -> None:
        key = repr(texts[0] if len(texts) == 1 else tuple(texts))
        if not node.kwargs:
            self.write(f"words[{key}]")
            return
        self.write(f"Markup(phrases[{key}] % {{")
        for keyword in node.kwargs:
            self.write(f"{keyword.key!r}: escape(")
            self.visit(keyword.value, frame)
            self.write("), ")
        self.write("})")


def _is_component(node: nodes.Call) -> bool:
    return isinstance(node.node, nodes.EnvironmentAttribute) and node.node.name.startswith(COMPONENT)


def _around(node: nodes.Concat) -> tuple[str, nodes.Expr, str] | None:
    """Of one value between plain texts, as addresses are: the text before, the value, the text after."""
    texts = ["", ""]
    values: list[nodes.Expr] = []
    for one in node.nodes:
        if not isinstance(one, nodes.Const):
            values.append(one)
        elif type(one.value) is str:
            texts[bool(values)] += one.value
        else:
            return None
    return (texts[0], values[0], texts[1]) if len(values) == 1 else None
