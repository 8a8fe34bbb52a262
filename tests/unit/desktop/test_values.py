"""Values by path, and when two are the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.values import MISSING, found_at, same, value_at
from exporter.providers.registry import provider

SCALARS = st.none() | st.booleans() | st.integers(-2, 2) | st.text(max_size=3)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(one=JSON, other=JSON)
def test_the_same_is_what_is_written_alike(one: Any, other: Any) -> None:
    assert same(one, other) == (json.dumps(one) == json.dumps(other))
    assert same(one, json.loads(json.dumps(one)))


@pytest.mark.parametrize("pair", [(1, True), (1, 1.0), (0, False), ([1], [True])])
def test_equal_is_not_enough(pair: tuple[Any, Any]) -> None:
    assert not same(*pair)


def test_paths_go_into_lists_and_tables() -> None:
    widget = provider("n8n").samples()[0]
    first = widget.start_screen.prompts[0]
    assert value_at(widget, "start_screen.prompts.0.label") == first.label
    for path in ("start_screen.prompts.99", "start_screen.prompts.x", "plain", ""):
        assert found_at(widget, path) is MISSING
        with pytest.raises(KeyError):
            value_at(widget, path)
