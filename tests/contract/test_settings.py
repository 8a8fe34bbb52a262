"""Every setting of every provider: what it takes, and what it says to the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.contract.errors import InvalidWidget
from exporter.contract.sentences import words_of
from exporter.contract.setting import CONTROLS
from exporter.contract.specs import SettingSpec, sections_of, settings_of
from exporter.contract.texts import TEXT_KEYS
from exporter.editing import get_value, with_values
from exporter.providers.registry import providers
from exporter.schema import schema
from tests.contract.strategies import values_of

if TYPE_CHECKING:
    from exporter.contract.provider import Provider

CASES = [
    (provider, spec)
    for provider in providers()
    for spec in settings_of(provider.widget).values()
]


def over(cases: list[tuple[Provider, SettingSpec]]) -> pytest.MarkDecorator:
    """Run a test over these settings, named by provider and path."""
    names = [f"{provider.name}-{spec.path}" for provider, spec in cases]
    return pytest.mark.parametrize(("provider", "spec"), cases, ids=names)


EVERY = over(CASES)
NUMBERS = over([case for case in CASES if case[1].minimum is not None])
LONG = over([case for case in CASES if case[1].max_length is not None])


def refused(provider: Provider, path: str, value: Any) -> dict[str, str]:
    widget = provider.widget(provider=provider.name)
    with pytest.raises(InvalidWidget) as caught:
        with_values(widget, {path: value})
    findings = {found.path: found for found in caught.value.findings}
    assert all(path in where or where.startswith(path) for where in findings)
    for found in findings.values():
        assert found.message.endswith(".")
        # In our words, not pydantic's.
        assert "Input should" not in found.message
        assert "String should" not in found.message
        assert "Value should" not in found.message
    return {where: found.rule for where, found in findings.items()}


@EVERY
def test_the_default_is_the_models_own(provider: Provider, spec: SettingSpec) -> None:
    widget = provider.widget(provider=provider.name)
    assert get_value(widget, spec.path) == spec.default
    assert with_values(widget, {spec.path: spec.default}) == widget


@EVERY
@pytest.mark.parametrize("value", [{"a": []}, [[[]]]])
def test_a_wrong_type_is_refused_at_its_path(
    provider: Provider, spec: SettingSpec, value: Any
) -> None:
    assert refused(provider, spec.path, value)


@EVERY
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_what_it_takes_can_be_set_and_read(
    provider: Provider, spec: SettingSpec, data: Any
) -> None:
    value = data.draw(values_of(spec))
    widget = with_values(provider.widget(provider=provider.name), {spec.path: value})
    after = get_value(widget, spec.path)
    assert with_values(widget, {spec.path: after}) == widget


@NUMBERS
def test_numbers_outside_their_range_are_refused(
    provider: Provider, spec: SettingSpec
) -> None:
    assert spec.minimum is not None
    low = refused(provider, spec.path, spec.minimum - 1)
    assert low == {spec.path: "greater_than_equal"}
    if spec.maximum is not None:
        high = refused(provider, spec.path, spec.maximum + 1)
        assert high == {spec.path: "less_than_equal"}
    assert refused(provider, spec.path, True)
    assert refused(provider, spec.path, str(spec.minimum))
    assert refused(provider, spec.path, spec.minimum + 0.5)


@LONG
def test_what_is_too_long_is_refused(provider: Provider, spec: SettingSpec) -> None:
    assert spec.max_length is not None
    if isinstance(spec.default, str):
        assert refused(provider, spec.path, "a" * (spec.max_length + 1)) == {
            spec.path: "string_too_long"
        }
    elif isinstance(spec.default, list):
        # Entries that are wrong themselves, or too many: refused here either way.
        assert refused(provider, spec.path, ["a"] * (spec.max_length + 1))
    else:
        many = {f"x{number}": "" for number in range(spec.max_length + 1)}
        if spec.control == "texts":
            many = dict.fromkeys(TEXT_KEYS, "") | {"x": ""}
        assert refused(provider, spec.path, many)


@EVERY
def test_every_setting_says_what_people_need(
    provider: Provider, spec: SettingSpec
) -> None:
    assert spec.title
    assert spec.title[0] == spec.title[0].upper()
    assert spec.control in CONTROLS
    assert not spec.help or spec.help.endswith((".", ")"))
    if spec.control in ("segmented", "choice", "icon"):
        assert spec.options
        assert spec.default in [value for value, _ in spec.options]
    if spec.control == "slider":
        assert None not in (spec.minimum, spec.maximum)


@EVERY
def test_conditions_name_settings_and_values_that_are_there(
    provider: Provider, spec: SettingSpec
) -> None:
    known = settings_of(provider.widget)
    for condition in spec.shown_when:
        other = known[condition.path]
        taken = [value for value, _ in other.options] or [True, False]
        assert set(condition.values) <= set(taken)


@EVERY
@pytest.mark.parametrize("part", ["", ".x.0"])
def test_a_path_that_is_not_there_is_refused(
    provider: Provider, spec: SettingSpec, part: str
) -> None:
    if spec.control in ("table", "texts"):
        return
    path = spec.path[:-1] + "§" + part
    widget = provider.widget(provider=provider.name)
    with pytest.raises(InvalidWidget) as caught:
        with_values(widget, {path: 1, "launcher.size": 1})
    rules = {found.rule for found in caught.value.findings}
    assert rules == {"extra_forbidden", "greater_than_equal"}


@pytest.mark.parametrize("provider", providers(), ids=lambda each: each.name)
def test_sections_have_places_of_their_own(provider: Provider) -> None:
    sections = sections_of(provider.widget)
    orders = [section.info.order for section in sections]
    assert orders == sorted(set(orders))
    assert all(section.settings for section in sections)
    assert all(section.info.title and section.info.icon for section in sections)


def test_every_pattern_has_words() -> None:
    found = list(_patterns(schema()))
    assert found
    assert [pattern for pattern in found if words_of(pattern) is None] == []


def _patterns(value: Any) -> Any:
    if isinstance(value, dict):
        if isinstance(value.get("pattern"), str):
            yield value["pattern"]
        for inner in value.values():
            yield from _patterns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _patterns(inner)
