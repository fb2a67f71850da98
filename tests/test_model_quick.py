"""What makes objects of frozen dataclasses quickly makes the same objects."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from portal.model import Code, Ref
from portal.model.quick import quick
from portal.text import Text

NAME = Text((("en", "Kites"),))


def test_a_quick_object_is_one_of_the_class() -> None:
    made = quick(Ref)(id="R-1", name=NAME)
    assert type(made) is Ref
    assert made == Ref("R-1", NAME)
    assert hash(made) == hash(Ref("R-1", NAME))
    assert replace(made, id="R-2") == Ref("R-2", NAME)


def test_a_quick_object_is_frozen() -> None:
    made = quick(Code)(code="kites", label=NAME, description=NAME)
    with pytest.raises(FrozenInstanceError):
        made.code = "lamps"  # type: ignore[misc]


def test_a_field_that_is_left_out_is_missed() -> None:
    with pytest.raises(TypeError, match="name"):
        quick(Ref)(id="R-1")  # type: ignore[call-arg]
