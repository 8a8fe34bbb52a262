"""Every language says everything, with the same places for values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from exporter.contract.texts import TEXT_KEYS

FOLDER = Path(__file__).parents[3] / "resources" / "runtime" / "locales"
MORE = ("greeting", "greeting_chatkit", "placeholder", "placeholder_chatkit")
TAGS = sorted(file.stem for file in FOLDER.glob("*.js"))


def words(tag: str) -> dict[str, str]:
    """The texts of one language's module."""
    source = (FOLDER / f"{tag}.js").read_text("utf-8")
    if tag == "en":
        source += (FOLDER.parent / "texts_more.js").read_text("utf-8")
    return dict(re.findall(r'^  (\w+): "((?:[^"\\]|\\.)*)",$', source, re.M))


def test_there_are_enough_languages_two_of_them_right_to_left() -> None:
    assert len(TAGS) >= 14
    assert {"ar", "he"} <= set(TAGS)
    known = (FOLDER.parent / "texts.js").read_text("utf-8")
    assert {f'"{tag}"' for tag in TAGS} <= set(re.findall(r'"[a-z]{2}"', known))


@pytest.mark.parametrize("tag", TAGS)
def test_a_language_says_everything(tag: str) -> None:
    said = words(tag)
    assert set(said) == {*TEXT_KEYS, *MORE}
    assert all(text.strip() for text in said.values())


@pytest.mark.parametrize("tag", TAGS)
def test_values_have_their_places(tag: str) -> None:
    def places(text: str) -> list[str]:
        return sorted(re.findall(r"\{\w+\}", text))

    english = words("en")
    for name, text in words(tag).items():
        assert places(text) == places(english[name]), name
