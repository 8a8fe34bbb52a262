"""Files of every provider: the same bytes, the same widget, all findings at once."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporter.contract.errors import (
    InvalidWidget,
    NewerVersion,
    NotAWidget,
    TooLarge,
    UnknownProvider,
)
from exporter.files import MAX_BYTES, parse_widget, read_widget, write_widget
from exporter.providers.registry import providers
from tests.contract.strategies import widgets

if TYPE_CHECKING:
    from exporter.contract.provider import Provider
    from exporter.contract.widget import Widget

EVERY = pytest.mark.parametrize("provider", providers(), ids=lambda each: each.name)


def fresh(provider: Provider) -> Widget:
    return provider.widget(provider=provider.name)


def changed(provider: Provider, **values: Any) -> dict[str, Any]:
    return {**fresh(provider).plain(), **values}


@EVERY
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_widget_comes_back_from_its_file(provider: Provider, data: Any) -> None:
    widget = data.draw(widgets(provider))
    written = write_widget(widget)
    assert read_widget(written) == widget
    assert write_widget(read_widget(written)) == written


@EVERY
def test_samples_are_whole_widgets(provider: Provider) -> None:
    assert provider.samples()
    for sample in provider.samples():
        assert read_widget(write_widget(sample)) == sample


@EVERY
def test_keys_stand_in_the_models_order_whatever_the_files(provider: Provider) -> None:
    written = write_widget(fresh(provider))
    raw = json.loads(written)
    upside_down = {name: raw[name] for name in reversed(raw)}
    assert list(raw) == list(provider.widget.model_fields)
    assert write_widget(parse_widget(upside_down)) == written


@EVERY
def test_the_file_is_utf8_with_two_blanks_and_one_newline(provider: Provider) -> None:
    widget = fresh(provider).model_copy(update={"name": "Ærø 😀"})
    text = write_widget(widget).decode()
    assert "Ærø 😀" in text
    assert text.startswith('{\n  "format": "vitrine.widget",')
    assert text.endswith("\n}\n")


@EVERY
def test_two_new_widgets_have_keys_of_their_own(provider: Provider) -> None:
    assert fresh(provider).key != fresh(provider).key


@EVERY
def test_all_findings_come_at_once(provider: Provider) -> None:
    raw = changed(provider, name=5, extra=1, domains=["*.com"], any_site="yes")
    raw["launcher"]["size"] = 5
    raw["theme"]["accent"]["primary"] = "no colour"
    with pytest.raises(InvalidWidget) as caught:
        parse_widget(raw)
    assert {(found.path, found.rule) for found in caught.value.findings} == {
        ("name", "string_type"),
        ("extra", "extra_forbidden"),
        ("domains.0", "domain"),
        ("any_site", "bool_type"),
        ("launcher.size", "greater_than_equal"),
        ("theme.accent.primary", "color"),
    }
    assert all(f"{found.path}:" in str(caught.value) for found in caught.value.findings)


@EVERY
def test_an_unknown_key_names_the_nearest_setting(provider: Provider) -> None:
    raw = changed(provider)
    raw["launcher"]["sise"] = 50
    with pytest.raises(InvalidWidget) as caught:
        parse_widget(raw)
    (found,) = caught.value.findings
    assert (found.path, found.rule) == ("launcher.sise", "extra_forbidden")
    assert "did you mean launcher.size?" in found.message


@EVERY
def test_half_a_character_is_refused_where_it_stands(provider: Provider) -> None:
    data = write_widget(fresh(provider)).replace(b'"New widget"', rb'"a\ud800b"')
    with pytest.raises(InvalidWidget) as caught:
        read_widget(data)
    assert [(f.path, f.rule) for f in caught.value.findings] == [
        ("name", "string_unicode")
    ]


@EVERY
def test_a_name_twice_is_refused(provider: Provider) -> None:
    data = write_widget(fresh(provider)).replace(
        b'"version": 1,', b'"version": 1, "version": 1,'
    )
    with pytest.raises(NotAWidget, match='"version" stands there twice'):
        read_widget(data)


@EVERY
@pytest.mark.parametrize("constant", [b"NaN", b"Infinity", b"-Infinity"])
def test_constants_of_javascript_are_no_json(
    provider: Provider, constant: bytes
) -> None:
    data = write_widget(fresh(provider)).replace(b'"size": 56', b'"size": ' + constant)
    with pytest.raises(NotAWidget, match="is no JSON number"):
        read_widget(data)


@EVERY
@pytest.mark.parametrize("version", [2, 999, 10**30])
def test_a_newer_version_says_to_update(provider: Provider, version: int) -> None:
    with pytest.raises(NewerVersion, match="Update Vitrine"):
        parse_widget(changed(provider, version=version))


@EVERY
@pytest.mark.parametrize("version", [0, -1, True, None, "1", 1.5, [1]])
def test_what_is_no_version_is_refused(provider: Provider, version: Any) -> None:
    with pytest.raises(InvalidWidget) as caught:
        parse_widget(changed(provider, version=version))
    assert caught.value.findings[0].path == "version"


@pytest.mark.parametrize("name", ["nobody", "", None, 5, ["n8n"], "../n8n", "N8N"])
def test_an_unknown_provider_is_named(name: Any) -> None:
    raw = {"format": "vitrine.widget", "version": 1, "provider": name}
    with pytest.raises(UnknownProvider, match="There are: chatkit, n8n"):
        parse_widget(raw)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"{",
        b"[]",
        b"null",
        b'"vitrine.widget"',
        b"{}",
        b'{"format": "other"}',
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"format": "vitrine.widget", "version": ' + b"9" * 5000 + b"}",
        b"<!doctype html>",
    ],
    ids=lambda data: repr(data[:20]),
)
def test_what_is_no_widget_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(NotAWidget) as caught:
        read_widget(data)
    assert caught.value.message.endswith(".")
    assert caught.value.hint


@given(st.binary(max_size=300))
def test_any_bytes_are_answered_in_kind(data: bytes) -> None:
    with pytest.raises(NotAWidget):
        read_widget(data)


@EVERY
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_file_cut_off_anywhere_is_refused(provider: Provider, data: Any) -> None:
    whole = write_widget(fresh(provider)).rstrip()
    end = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(NotAWidget):
        read_widget(whole[:end])


def test_a_file_too_large_is_not_read() -> None:
    with pytest.raises(TooLarge, match="24 MB"):
        read_widget(b" " * (MAX_BYTES + 1))


@EVERY
def test_a_byte_order_mark_is_no_trouble(provider: Provider) -> None:
    widget = fresh(provider)
    assert read_widget(b"\xef\xbb\xbf" + write_widget(widget)) == widget


@EVERY
def test_texts_that_end_a_script_stay_as_they_are(provider: Provider) -> None:
    hostile = "</script><!-- \" ' {{ x }} ${y} ‮ ​ 😀"
    raw = changed(provider, name=hostile)
    raw["start_screen"]["prompts"] = [{"label": hostile, "prompt": hostile}]
    widget = parse_widget(raw)
    assert widget.name == hostile
    assert read_widget(write_widget(widget)) == widget
