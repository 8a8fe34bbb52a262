"""What differs, in words: every setting of every provider, and odd values."""

from __future__ import annotations

import pytest

from desktop.export.wording import told, value_words
from exporter.contract.specs import settings_of
from exporter.providers.registry import providers
from exporter.publish import Change, differences

N8N = next(kind for kind in providers() if kind.name == "n8n").samples()[0]


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_every_setting_has_a_title_of_words(kind: object) -> None:
    model = type(kind.samples()[0])  # type: ignore[attr-defined]
    for path, spec in settings_of(model).items():
        one = told(Change(path, spec.default, None), model)
        assert spec.title in one.title
        assert "_" not in one.title
        assert one.before
        assert one.after == "nothing"


@pytest.mark.parametrize("kind", providers(), ids=lambda kind: kind.name)
def test_a_sample_differs_from_an_empty_widget_in_short_words(kind: object) -> None:
    sample = kind.samples()[0]  # type: ignore[attr-defined]
    model = type(sample)
    changes = differences(model(provider=sample.provider).plain(), sample.plain())
    assert len(changes) > 5
    for change in changes:
        one = told(change, model)
        assert one.title
        assert len(one.before) <= 170
        assert len(one.after) <= 170


def test_values_are_said_as_the_sidebar_says_them() -> None:
    mode = settings_of(type(N8N))["layout.mode"]
    assert value_words("fullpage", mode) == "Full page"
    assert value_words(True, None) == "on"
    assert value_words(False, None) == "off"
    assert value_words(0, None) == "0"
    assert value_words([], None) == "nothing"
    assert value_words(["a.example", "b.example"], None) == "a.example, b.example"
    assert value_words([{"label": "Help"}, {"label": "Order"}], None) == "Help, Order"
    assert value_words([{"x": 1}, {"x": 2}], None) == "2 entries"
    assert "a file of its own (image" in value_words("data:image/png;base64,AAAA", None)
    assert value_words("x" * 500, None).endswith("…")
    assert value_words("one\n\ntwo", None) == "one two"


def test_colours_are_shown_and_only_colours() -> None:
    one = told(Change("theme.accent.primary", "#0f766e", "#ff5500cc"), type(N8N))
    assert (one.color_before, one.color_after) == ("#0f766e", "#ff5500")
    assert told(Change("name", "#1 shop", "x"), type(N8N)).color_before == ""
