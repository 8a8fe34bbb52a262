"""What the sidebar says, in words."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.document import Document
from desktop.sidebar.wording import condition_words, error_words, listed, value_words
from exporter.contract.errors import Finding
from exporter.contract.specs import settings_of
from exporter.providers.registry import provider

SPECS = settings_of(provider("n8n").widget)


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("layout.popup.position", "bottom-right", "Bottom right"),
        ("layout.popup.width", 380, "380 px"),
        ("header.enabled", True, "on"),
        ("header.enabled", False, "off"),
        ("header.subtitle", "", "empty"),
        ("start_screen.prompts", [], "empty"),
        ("start_screen.prompts", [{}], "1 entry"),
        ("connection.headers", {"a": "1", "b": "2"}, "2 entries"),
        ("header.subtitle", "x" * 99, "x" * 39 + "…"),
    ],
)
def test_values_in_words(path: str, value: Any, words: str) -> None:
    assert value_words(SPECS[path], value) == words


@pytest.mark.parametrize(
    ("path", "where", "message", "words"),
    [
        ("theme.accent.primary", "", "is no colour.", "Colour is no colour."),
        ("header.subtitle", "", "Too long.", "Too long."),
        (
            "start_screen.prompts",
            "2.icon",
            "is no icon.",
            "Prompts, entry 3, icon, is no icon.",
        ),
    ],
)
def test_errors_in_words(path: str, where: str, message: str, words: str) -> None:
    finding = Finding(f"{path}.{where}".rstrip("."), "rule", message)
    assert error_words(SPECS[path], (finding, finding)) == words
    assert error_words(SPECS[path], ()) == ""


def test_conditions_in_words(qapp: Any) -> None:
    document = Document(provider("n8n").widget(provider="n8n"))
    assert condition_words(document, "theme.density") == ""
    assert condition_words(document, "launcher.custom_icon") == (
        "Only with “Icon” set to Custom."
    )
    document.set("layout.mode", "inline")
    assert condition_words(document, "launcher.custom_icon") == (
        "Only with “Mode” set to Popup."
    )


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more"),
    ],
)
def test_lists_in_words(names: list[str], words: str) -> None:
    assert listed(names) == words
