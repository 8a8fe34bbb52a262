"""ChatKit is told no language that it would refuse."""

from __future__ import annotations

import pytest

from exporter.contract.locales import LOCALES
from exporter.providers.chatkit.locales import spoken


@pytest.mark.parametrize("tag", [tag for tag in LOCALES if tag != "he"])
def test_what_it_has_it_is_told(tag: str) -> None:
    assert spoken(tag) == tag


@pytest.mark.parametrize(
    ("tag", "told"),
    [("de-AT", "de"), ("zh-Hant", "zh-Hant"), ("he", None), ("mfj-330", None)],
)
def test_what_it_lacks_it_is_told_nearly_or_not_at_all(
    tag: str, told: str | None
) -> None:
    assert spoken(tag) == told
