"""Which settings answer to some words, the best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from exporter.contract.specs import SectionSpec, SettingSpec

MOST = 40
"""How many are shown; who wants more types another letter."""


def matches(
    sections: Iterable[SectionSpec], words: str
) -> list[tuple[SectionSpec, SettingSpec]]:
    """The settings that hold every word in title, group, section, help or path."""
    wanted = words.casefold().split()
    found = [
        (_rank(section, spec, wanted), section, spec)
        for section in sections
        for spec in section.settings
    ]
    ranked = sorted(
        (item for item in found if item[0] is not None), key=lambda item: item[0] or 0
    )
    return [(section, spec) for _, section, spec in ranked[:MOST]]


def _rank(section: SectionSpec, spec: SettingSpec, wanted: list[str]) -> int | None:
    title = spec.title.casefold()
    place = f"{spec.group} {section.info.title}".casefold()
    options = " ".join(str(words) for _, words in spec.options[:12])
    rest = f"{spec.help} {spec.path} {options}".casefold()
    everything = f"{title} {place} {rest}"
    if not wanted or not all(word in everything for word in wanted):
        return None
    if title.startswith(wanted[0]):
        return 0
    if all(word in title for word in wanted):
        return 1
    return 2 if all(word in f"{title} {place}" for word in wanted) else 3
