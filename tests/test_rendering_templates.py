"""Templates mean what they mean in Jinja: the shorter way through them changes no letter of a page."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader, TemplateSyntaxError, UndefinedError
from markupsafe import Markup

from portal.model import Ref
from portal.rendering import make_environment
from portal.text import Text

TRANSLATED = {
    "Home": "Hejmo & <b>",
    "Given by %(name)s": "De %(name)s",
    "100%%": "100%%",
    "%(num)s grants": "%(num)s donoj",
}
COMPONENTS = """
{%- macro shown(text) -%}<i>{{ text }}</i>{%- endmacro -%}
{%- macro pair(first, second="–") -%}{{ first }}/{{ second }}{%- endmacro -%}
{%- macro frame(name, known=true) -%}[{{ name }}: {% if known %}{{ caller() }}{% else %}?{% endif %}]{%- endmacro -%}
{%- macro twice(text) -%}{{ shown(text) }}{{ shown(text) }}{%- endmacro -%}
{%- macro many() -%}{{ varargs | join("+") }}{{ kwargs.get("end", "") }}{%- endmacro -%}
{%- macro name_of(ref) -%}{{ ref.name.words("en") }} {{ ref.id }}{%- endmacro -%}
"""
IMPORT = '{% from "components.html" import shown, pair, frame, twice, many, name_of %}'
TEMPLATES = {
    "components.html": COMPONENTS,
    "base.html": "<{% block head %}base{% endblock %}>{% block body %}{% endblock %}{{ end | default('.') }}",
    "child.html": '{% extends "base.html" %}{% set end = "!" %}{% block head %}{{ super() }} and child{% endblock %}',
    "part.html": "{{ word }} {{ inner }}",
}
CASES = [
    ("{{ word }}", "a &lt; b"),
    ("{{ word ~ 1 }} {{ safe ~ word }}", "a &lt; b1 <u>a &lt; b"),
    ("{{ none }} {{ 3 }} {{ true }} {{ 2.5 }}", "None 3 True 2.5"),
    ("{{ _('Home') }}{% trans %}Home{% endtrans %}", "Hejmo & <b>Hejmo & <b>"),
    ("{{ _('Home') | upper }}", "HEJMO & <B>"),
    ("{{ _(unseen) }}", "Hejmo & <b>"),
    ("{% trans %}100%{% endtrans %}", "100%"),
    ("{% trans name=word %}Given by {{ name }}{% endtrans %}", "De a &lt; b"),
    ("{{ _('Given by %(name)s', name=safe) }}", "De <u>"),
    ("{% trans count=2 %}{{ count }} thing{% pluralize %}{{ count }} things{% endtrans %}", "2 things"),
    ("{{ ngettext('%(num)s grant', '%(num)s grants', 5) }}", "5 donoj"),
    ("{{ ngettext('%(num)s grant', '%(num)s grants', 5, num='five') }}", "five donoj"),
    ('{% trans "menu" %}Home{% endtrans %}', "menu: Home"),
    ("{% set _ = shout %}{{ _('home') }}", "HOME"),
    (IMPORT + "{{ shown(word) }}{{ shown(safe) }}{{ shown('<u>') }}", "<i>a &lt; b</i><i><u></i><i>&lt;u&gt;</i>"),
    (IMPORT + "{{ shown(1) }}{{ shown(true) }}{{ shown(1) }}", "<i>1</i><i>True</i><i>1</i>"),
    (IMPORT + "{{ pair(1) }} {{ pair(1, 2) }} {{ pair(second=1, first=2) }}", "1/– 1/2 2/1"),
    (IMPORT + "{% call frame('x') %}{{ word }}{% endcall %}", "[x: a &lt; b]"),
    (IMPORT + "{% call frame('x', known=false) %}{{ missing_word }}{% endcall %}", "[x: ?]"),
    (IMPORT + "{{ twice(word) }}{{ many(1, 2, end='.') }}", "<i>a &lt; b</i><i>a &lt; b</i>1+2."),
    (IMPORT + "{% for ref in refs %}{{ name_of(ref) }},{% endfor %}", "One R-1,Other R-1,One R-1,"),
    ("{{ table.key }} {{ table['key'] }} {{ table.items() | list | length }}", "value value 1"),
    ("{{ record.name.upper() }} {{ record.gone is defined }} {{ record.gone | default('-') }}", "NAME False -"),
    ("{{ record.gone is defined }}{% trans name=word %}Given by {{ name }}{% endtrans %}", "FalseDe a &lt; b"),
    ("{{ 'x' if word }}{{ 'y' if not word }}", "x"),
    ("{% set part = 'y' if not word %}{{ part is defined }}", "False"),
    ('{% set inner = "in" %}{% for inner in ["loop"] %}{% include "part.html" %}{% endfor %}', "a &lt; b loop"),
    ('{% extends "child.html" %}{% block body %}{{ word }}{% endblock %}', "<base and child>a &lt; b!"),
    ("{% set text %}{{ word }}{% endset %}{{ text }}{% filter upper %}{{ word }}{% endfilter %}", "a &lt; bA &LT; B"),
    ("{{ fill(*[1, 2], **{'c': 3}) }}", "1 2 3"),
]


class Esperanto:
    """Words as a translation gives them."""

    def gettext(self, text: str, meaning: str | None = None) -> str:
        """See portal.rendering.Words."""
        return f"{meaning}: {text}" if meaning else TRANSLATED.get(text, text)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """See portal.rendering.Words."""
        return self.gettext(one if count == 1 else many)


VALUES: dict[str, Any] = {
    "word": "a < b",
    "safe": Markup("<u>"),
    "unseen": "Home",
    "shout": str.upper,
    "refs": [Ref("R-1", Text((("en", name),))) for name in ("One", "Other", "One")],
    "table": {"key": "value"},
    "record": SimpleNamespace(name="name"),
    "fill": "{} {} {c}".format,
}


@pytest.fixture
def environment(tmp_path: Path) -> Environment:
    """An environment with the templates above."""
    for name, text in TEMPLATES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "kept").mkdir()
    return make_environment(FileSystemLoader(tmp_path), tmp_path / "kept", Esperanto(), worth=2)


@pytest.mark.parametrize(("template", "page"), CASES)
def test_a_template_gives_what_it_gives_in_jinja(
    template: str, page: str, environment: Environment, tmp_path: Path
) -> None:
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    written = [environment.get_template("page.html").render(VALUES) for _ in range(3)]
    assert written == [page] * 3


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ wrod }}", "'wrod' is undefined"),
        ("{{ wrod.name }}", "'wrod' is undefined"),
        ("{{ record.gone }}", "has no attribute 'gone'"),
        ("{{ record.gone.more }}", "has no attribute 'gone'"),
        ("{{ wrod('x') }}", "'wrod' is undefined"),
        ('{% from "components.html" import no_such %}{{ no_such(1) }}', "does not export the requested name 'no_such'"),
    ],
)
def test_what_does_not_exist_is_named(template: str, says: str, environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(template, encoding="utf-8")
    with pytest.raises(UndefinedError, match=says):
        environment.get_template("page.html").render(VALUES)


def test_a_broken_template_is_named_with_its_line(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("fine\n{% if %}", encoding="utf-8")
    with pytest.raises(TemplateSyntaxError) as error:
        environment.get_template("page.html")
    assert (Path(error.value.filename or "").name, error.value.lineno) == ("page.html", 2)


def test_a_changed_template_is_compiled_anew_in_the_next_build(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("before", encoding="utf-8")
    assert environment.get_template("page.html").render() == "before"
    (tmp_path / "page.html").write_text("after", encoding="utf-8")
    assert environment.get_template("page.html").render() == "before"
    later = make_environment(FileSystemLoader(tmp_path), tmp_path / "kept", Esperanto())
    assert later.get_template("page.html").render() == "after"


def test_more_values_than_are_remembered_give_the_same_pages(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(IMPORT + "{{ shown(text) }}", encoding="utf-8")
    template = environment.get_template("page.html")
    words = [f"<{number % 1500}>" for number in range(5000)]
    assert [template.render(text=word) for word in words] == [f"<i>&lt;{word[1:-1]}&gt;</i>" for word in words]
