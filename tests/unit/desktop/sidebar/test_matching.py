"""Finding settings: every one by its own name, the best first."""

from __future__ import annotations

import pytest

from desktop.sidebar.matching import MOST, matches
from exporter.contract.specs import sections_of
from exporter.providers.registry import provider, provider_names


@pytest.mark.parametrize("name", provider_names())
def test_every_setting_is_found_by_its_names(name: str) -> None:
    sections = sections_of(provider(name).widget)
    for section in sections:
        for spec in section.settings:
            for words in (f"{spec.title} {section.info.title} {spec.group}", spec.path):
                assert spec in [found for _, found in matches(sections, words)]


def test_what_starts_so_comes_first() -> None:
    found = matches(sections_of(provider("n8n").widget), "HEIGHT")
    assert found[0][1].title == "Height"


@pytest.mark.parametrize("words", ["", "   ", "no such setting at all"])
def test_nothing_is_found_for_nothing(words: str) -> None:
    assert matches(sections_of(provider("n8n").widget), words) == []


def test_there_is_an_end() -> None:
    assert len(matches(sections_of(provider("n8n").widget), "e")) == MOST
