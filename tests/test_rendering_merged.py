"""A template of many pages is compiled once more, as one tree: what is in it, and that it gives the same pages."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import FileSystemLoader, UndefinedError
from markupsafe import Markup

from portal.model import Ref
from portal.rendering import make_environment
from portal.rendering.template import QuickTemplate
from portal.text import Text
from tests.test_rendering_templates import Esperanto

FILES = {
    "frame.html": '{% from "parts.html" import menu %}<{{ title | default("?") }}>{{ menu(section) }}'
    "{% block body %}{% endblock %}{% block foot %}{{ lang }}{% endblock %}",
    "parts.html": '{% from "more.html" import bold %}'
    "{% macro menu(section) %}{% for word, key in [(_('Home'), 'home'), ('B', 'b')] %}"
    "{{ url(key) }}{{ '!' if key == section }} {% endfor %}{% endmacro %}"
    "{% macro fact(name, known=true) %}[{{ name }}: {% if known %}{{ caller() }}{% else %}?{% endif %}]{% endmacro %}"
    "{% macro pair(first, second='–') %}{{ first }}/{{ second }}/{{ first }}{% endmacro %}"
    "{% macro loud(text) %}{{ bold(text) }}!{% endmacro %}"
    "{% macro rows(list) %}{% for row in list %}{{ loop.index }}{{ row }}{% endfor %}{% endmacro %}"
    "{% macro named(ref) %}{% set name = ref.name.words(lang) %}{{ name }}{% endmacro %}",
    "more.html": "{% macro bold(text) %}<b>{{ text }}</b>{% endmacro %}",
    "part.html": "{{ word }}{{ lang }}{{ inner }}",
    "circle.html": '{% if word is not defined %}{% include "circle.html" %}{% endif %}',
}
FRAME = '{% extends "frame.html" %}{% from "parts.html" import fact, pair, loud, rows, named %}'
BODY = FRAME + '{% set section = "b" %}{% block body %}'
END = "{% endblock %}"
AROUND = ("<?>/home /b! ", "eo")  # what the frame writes before the body and after it
PAIRS = "name/1/name,name/True/name,name/1.0/name"
MERGED = [
    ("{{ word }}{{ settings.name }}{{ settings.name | upper }}", "a &lt; bX &amp; YX &amp; Y"),
    (
        "{% call fact('x') %}{{ word }}{% endcall %}{% call fact('x', none) %}{{ no }}{% endcall %}",
        "[x: a &lt; b][x: ?]",
    ),
    ("{% call fact(word, record.name) %}{{ record.name }}{% endcall %}", "[a &lt; b: name]"),
    ("{{ pair(word) }} {{ pair(record.name | upper, second=safe) }}", "a &lt; b/–/a &lt; b NAME/<u>/NAME"),
    ("{% set first = 'own' %}{{ pair(word, first) }}{{ first }}", "a &lt; b/own/a &lt; bown"),
    ("{{ loud(word) }}{{ loud(lang) }}{{ loud(safe) | upper }}", "<b>a &lt; b</b>!<b>eo</b>!<B><U></B>!"),
    ("{{ rows([word, safe]) }}{{ rows([]) }}", "1a &lt; b2<u>"),
    ("{% for ref in refs %}{{ named(ref) }},{% endfor %}{{ named(refs[0]) or 'x' }}", "One,A&amp;B,One,One"),
    ("{% trans name=word %}Given by {{ name }}{% endtrans %}|{% trans %}100%{% endtrans %}", "De a &lt; b|100%"),
    ("{% set said = _('Given by %(name)s', name=word) %}{{ said }}{{ said ~ word }}", "De a &lt; bDe a &lt; ba &lt; b"),
    ("{% if lang == 'eo' %}{{ word }}{% else %}{{ no }}{% endif %}", "a &lt; b"),
    ("{% if lang == 'x' %}{{ no }}{% elif word %}{{ url(word) }}{% else %}{{ no }}{% endif %}", "/a &lt; b"),
    ("{% if lang == 'x' %}{{ no }}{% endif %}{{ lang if word else no }}{{ 'no' if lang == 'x' }}", "eo"),
    ("{% for a, b in [(word, lang), (1, 2)] %}{{ a }}{{ b }};{% endfor %}", "a &lt; beo;12;"),
    ("{% for a in [word, 2] %}{{ loop.index }}{{ a }}{% endfor %}", "1a &lt; b22"),
    ("{% set inner = 1 %}{% for inner in [3] %}{% include 'part.html' %}{% endfor %}{{ inner }}", "a &lt; beo31"),
    ("{% set list = [] %}{% do list.append(word) %}{{ list | length }}", "1"),
    ("{% set text %}{{ word }}{{ lang }}{% endset %}{{ text }}", "a &lt; beo"),
    ("{% for lang in ['x'] %}{{ lang }}{% endfor %}", "x"),
    ("{{ 'x/' ~ word ~ '<' }}{{ 'x/' ~ safe ~ '<' }}{{ 'x/' ~ 3 ~ '<' }}", "x/a &lt; b&lt;x/<u>&lt;x/3&lt;"),
    ("{% set y = record.name %}{{ '<' ~ y }}{{ y ~ '<' }}{{ y ~ y }}{{ y ~ 1.5 }}", "&lt;namename&lt;namenamename1.5"),
    ("{{ pair(record.name, safe) }}{{ pair(record.name, record.name) }}", "name/<u>/namename/name/name"),
    ("{% filter upper %}{{ word }}ß{% endfilter %}{% set x %}{{ safe }}ß{% endset %}{{ x }}", "A &LT; BSS<u>ß"),
    ("{{ named(chosen(refs)) }}{% for x in refs %}{{ named(chosen([x])) }},{% endfor %}", "OneOne,A&amp;B,One,"),
    ("{% autoescape false %}{{ word }}{{ settings.name }}{% endautoescape %}", "a < bX & Y"),
    ("{{ settings.none.more if settings.none }}{{ range(2) | list | length }}", "2"),
    ("{{ pair(record.name, 1) }},{{ pair(record.name, true) }},{{ pair(record.name, 1.0) }}", PAIRS),
]
# Bodies that set `said`, and what they write: of the page by which they are merged, and of one with other values.
VARYING = [
    ("{% if flag %}{% set said = _('Home') %}{% endif %}{{ said }}", "Hejmo & <b>", "no"),
    ("{% if flag %}{{ flag }}{% else %}{% set said = 'set' %}{% endif %}{{ said }}", "1yes", "set"),
    ("{% set said = 'set' %}{% if flag %}{{ said }}{% endif %}", "set", ""),
    ("{{ said }}{% set said = 'yes' %}{{ said }}", "yesyes", "noyes"),
    ("{% for one in range(flag) %}{% set said = 'yes' %}{{ said }}{% endfor %}{{ said }}", "yesyes", "no"),
    ("{% set said = lang if flag else said %}{{ said }}", "eo", "no"),
    ("{% with said = 'yes' %}{{ said }}{% endwith %}{{ said }}", "yesyes", "yesno"),
]
APART = [
    FRAME + "{% block foot %}{{ super() }}{% endblock %}",
    "{% include 'circle.html' %}",
    "{% include 'circle.html' if no is defined else 'part.html' %}",
    "{% if no is defined %}{% include 'nowhere.html' %}{% endif %}{{ word }}",
    "{% if no is defined %}{% from 'nowhere.html' import it %}{{ it() }}{% endif %}{{ word }}",
    "{% import 'parts.html' as parts %}{{ parts.pair(1) }}",
    "{% from 'parts.html' import pair with context %}{{ pair(1) }}",
    "{% from 'parts.html' import pair %}{% set pair = word %}{{ pair }}",
]
VALUES: dict[str, Any] = {
    "word": "a < b",
    "safe": Markup("<u>"),
    "inner": "",
    "refs": [
        Ref("R-1", Text((("eo", "One"),))),
        Ref("R-2", Text((("en", "A&B"),))),
        Ref("R-1", Text((("eo", "One"),))),
    ],
    "record": SimpleNamespace(name="name"),
}


def _template(text: str, folder: Path, worth: int = 2) -> QuickTemplate:
    for name, content in {**FILES, "page.html": text}.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "kept").mkdir(exist_ok=True)
    environment = make_environment(FileSystemLoader(folder), folder / "kept", Esperanto(), worth)
    settings = SimpleNamespace(name="X & Y", none=None)
    environment.globals.update(lang="eo", settings=settings, url=lambda path: f"/{path}", chosen=lambda all: all[0])
    template = environment.get_template("page.html")
    assert isinstance(template, QuickTemplate)
    return template


@pytest.mark.parametrize(("body", "page"), MERGED)
def test_a_merged_template_gives_the_same_page(body: str, page: str, tmp_path: Path) -> None:
    template = _template(BODY + body + END, tmp_path)
    assert [template.render(VALUES) for _ in range(4)] == [AROUND[0] + page + AROUND[1]] * 4
    assert template.merged


@pytest.mark.parametrize(("body", "first", "second"), VARYING)
def test_what_is_set_on_one_page_is_not_on_another(body: str, first: str, second: str, tmp_path: Path) -> None:
    template = _template(BODY + body + END, tmp_path)
    one, other = {"flag": 1, "said": "yes"}, {"flag": 0, "said": "no"}
    assert [template.render(values) for values in (one, one, other, one)] == [
        AROUND[0] + page + AROUND[1] for page in (first, first, second, first)
    ]
    assert template.merged


def test_what_a_block_sets_is_not_what_its_frame_writes(tmp_path: Path) -> None:
    template = _template(BODY + "{% set title = 'set' %}{{ title }}" + END, tmp_path)
    pages = [template.render({"title": title}) for title in ("set", "set", "other")]
    assert pages == [f"<{title}>/home /b! seteo" for title in ("set", "set", "other")]
    assert template.merged


@pytest.mark.parametrize("text", APART)
def test_what_cannot_be_merged_is_made_as_before(text: str, tmp_path: Path) -> None:
    values = {**VALUES, "section": ""}
    template = _template(text, tmp_path)
    pages = [template.render(values) for _ in range(4)]
    assert pages == [_template(text, tmp_path, worth=0).render(values)] * 4
    assert template.merged is None


def test_what_is_wrong_is_told_as_before(tmp_path: Path) -> None:
    template = _template(BODY + "{{ 7 // last }}" + END, tmp_path)
    assert [template.render({**VALUES, "last": 2}) for _ in range(3)] == [AROUND[0] + "3" + AROUND[1]] * 3
    with pytest.raises(ZeroDivisionError):
        template.render({**VALUES, "last": 0})


def test_few_pages_are_not_worth_it(tmp_path: Path) -> None:
    template = _template(BODY + END, tmp_path, worth=5)
    assert [bool((template.render(VALUES), template.merged)[1]) for _ in range(6)] == [False] * 4 + [True] * 2


def test_a_page_may_have_a_value_in_the_place_of_a_global(tmp_path: Path) -> None:
    template = _template("{{ lang }}", tmp_path)
    pages = [template.render(values) for values in (VALUES, VALUES, {**VALUES, "lang": "own"}, VALUES)]
    assert pages == ["eo", "eo", "own", "eo"]


def test_what_a_page_sets_is_what_its_frame_writes(tmp_path: Path) -> None:
    template = _template(FRAME + '{% set lang = "set" %}{% set title = word %}{% set section = "" %}', tmp_path)
    assert [template.render(VALUES) for _ in range(3)] == ["<a &lt; b>/home /b set"] * 3


def test_names_of_a_component_do_not_reach_the_page(tmp_path: Path) -> None:
    template = _template(BODY + "{{ pair(word) }}{{ first is defined }}{{ row is defined }}" + END, tmp_path)
    page = AROUND[0] + "a &lt; b/–/a &lt; bFalseFalse" + AROUND[1]
    assert [template.render(VALUES) for _ in range(3)] == [page] * 3


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{ word if not last else wrod }}", "'wrod' is undefined"),
        ("{{ word if not last else wrod.name }}", "'wrod' is undefined"),
        ("{{ word if not last else record.gone }}", "has no attribute 'gone'"),
        ("{% if last %}{{ pair(wrod.name | upper) }}{% endif %}", "'wrod' is undefined"),
        ("{% if last %}{% call fact('x') %}{{ wrod }}{% endcall %}{% endif %}", "'wrod' is undefined"),
    ],
)
def test_what_a_later_page_lacks_is_named(body: str, says: str, tmp_path: Path) -> None:
    template = _template(BODY + body + END, tmp_path)
    for _ in range(3):
        template.render({**VALUES, "last": False})
    with pytest.raises(UndefinedError, match=says):
        template.render({**VALUES, "last": True})


def test_what_a_component_remembers_is_of_this_very_object(tmp_path: Path) -> None:
    template = _template(BODY + "{{ named(refs[0]) }}{{ named(refs[1]) }}" + END, tmp_path)
    for number in range(3_000):  # more than are remembered
        refs = [Ref("R-1", Text((("eo", f"{number}<"),))), VALUES["refs"][1]]
        assert template.render({**VALUES, "refs": refs}) == f"{AROUND[0]}{number}&lt;A&amp;B{AROUND[1]}"
    assert template.merged


def test_a_template_that_many_pages_are_expected_of_is_merged_at_once(tmp_path: Path) -> None:
    template = _template(BODY + "{{ word }}" + END, tmp_path, worth=1_000)
    template.expect_many(VALUES)
    assert template.merged
    template.merged = None
    template.expect_many(VALUES)
    assert template.merged is None  # one that a page could not be made by stays apart
    assert template.render(VALUES) == AROUND[0] + "a &lt; b" + AROUND[1]
