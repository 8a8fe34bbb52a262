"""Another provider behind the same widget: what both have stays."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.contract.specs import settings_of
from exporter.editing import get_value, switch_provider, with_values
from exporter.providers.registry import provider, providers
from tests.contract.strategies import widgets

if TYPE_CHECKING:
    from exporter.contract.provider import Provider

PAIRS = pytest.mark.parametrize(
    ("source", "target"),
    list(permutations(providers(), 2)),
    ids=lambda each: each.name,
)


@PAIRS
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_setting_is_kept_or_named(
    source: Provider, target: Provider, data: Any
) -> None:
    widget = data.draw(widgets(source))
    switched = switch_provider(widget, target)
    theirs = settings_of(target.widget)
    assert switched.widget.provider == target.name
    assert (switched.widget.key, switched.widget.name) == (widget.key, widget.name)
    for path, spec in settings_of(source.widget).items():
        value = get_value(widget, path)
        if path not in theirs:
            assert (path in switched.dropped) == (value != spec.default)
        elif get_value(switched.widget, path) != value and value != spec.default:
            assert path in switched.changed
    assert not set(switched.dropped) & set(switched.changed)


@PAIRS
@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_there_and_back_keeps_what_fits_both(
    source: Provider, target: Provider, data: Any
) -> None:
    widget = data.draw(widgets(source))
    there = switch_provider(widget, target)
    back = switch_provider(there.widget, source)
    for path in settings_of(source.widget).keys() & settings_of(target.widget).keys():
        if get_value(there.widget, path) == get_value(widget, path):
            assert get_value(back.widget, path) == get_value(widget, path)


def test_values_in_other_words_are_translated_and_numbers_clamped() -> None:
    n8n, chatkit = provider("n8n"), provider("chatkit")
    widget = with_values(
        n8n.widget(provider="n8n"), {"theme.radius": "none", "theme.grayscale.tint": 20}
    )
    switched = switch_provider(widget, chatkit)
    assert get_value(switched.widget, "theme.radius") == "sharp"
    assert get_value(switched.widget, "theme.grayscale.tint") == 9
    assert set(switched.changed) == {"theme.radius", "theme.grayscale.tint"}


def test_what_is_lost_is_named_by_its_path() -> None:
    address = "https://n8n.example/webhook/a/chat"
    widget = with_values(
        provider("n8n").widget(provider="n8n"),
        {"connection.webhook_url": address, "connection.route": "a"},
    )
    switched = switch_provider(widget, provider("chatkit"))
    assert switched.dropped == ("connection.route",)
    assert get_value(switched.widget, "connection.webhook_url") == address
