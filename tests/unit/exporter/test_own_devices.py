"""Devices that people make: refused with a sentence, or kept as they are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exporter.devices import (
    SYSTEMS,
    Device,
    Insets,
    UnknownDevice,
    catalogue,
    device,
    devices,
    set_own,
)
from exporter.own_devices import (
    KINDS,
    copy_of,
    faults_of,
    load_own,
    named,
    own_device,
    read_own,
    write_own,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KIOSK: dict[str, Any] = {
    "name": "Kiosk",
    "kind": "tablet",
    "os": "Android",
    "width": 1080,
    "height": 1920,
    "dpr": 1.5,
    "touch": True,
    "safe_area": Insets(24, 0, 0, 0),
    "radius": 8,
    "keyboard": 400,
    "agent": "Kiosk/1.0",
}


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    yield
    set_own(())


def _kiosk(**what: object) -> Device:
    return named(own_device(**{**_KIOSK, **what}), ())


def test_it_is_found_beside_the_catalogue_by_name_and_id() -> None:
    kiosk = _kiosk()
    set_own([kiosk])
    assert device("kiosk") is kiosk
    assert device(kiosk.id) is kiosk
    assert devices() == (*catalogue(), kiosk)
    assert kiosk.user_agent == "Kiosk/1.0"
    set_own(())
    with pytest.raises(UnknownDevice):
        device("kiosk")


def test_nobody_takes_over_a_device_of_the_catalogue() -> None:
    set_own([_kiosk(name="iPhone 15")])
    assert not device("iPhone 15").own
    faults = faults_of(own_device(**{**_KIOSK, "name": "iphone 15"}), catalogue())
    assert "already" in faults["name"]


@pytest.mark.parametrize(
    ("what", "field", "words"),
    [
        ({"name": " "}, "name", "Give the device a name."),
        ({"name": "a" * 61}, "name", "longer than 60"),
        ({"name": "a\nb"}, "name", "Give the device a name."),
        ({"width": 99}, "width", "a number from 100 to 7680; it is 99"),
        ({"height": 4321}, "height", "from 100 to 4320"),
        ({"dpr": 0.0}, "dpr", "from 0.5 to 5; it is 0"),
        ({"dpr": float("nan")}, "dpr", "has to be a number"),
        ({"radius": -1}, "radius", "from 0 to 200"),
        ({"width": 120, "radius": 61}, "radius", "from 0 to 60"),
        ({"safe_area": Insets(-1, 0, 0, 0)}, "safe_area", "0 or more"),
        ({"safe_area": Insets(900, 0, 900, 0)}, "safe_area", "less than half"),
        ({"keyboard": 1500}, "keyboard", "keyboard's height"),
        ({"agent": "a\r\nX: y"}, "agent", "one line of plain letters"),
        ({"agent": "a" * 401}, "agent", "longer than 400"),
        ({"os": "BeOS"}, "os", "Choose a system"),
    ],
)
def test_a_bad_value_has_a_sentence(
    what: dict[str, object], field: str, words: str
) -> None:
    faults = faults_of(own_device(**{**_KIOSK, **what}), ())
    assert words in faults[field]
    assert not faults_of(own_device(**_KIOSK), ())


_DEVICES = st.builds(
    own_device,
    name=st.text("abc ÄØ世", min_size=1, max_size=20),
    kind=st.sampled_from(KINDS),
    os=st.sampled_from(SYSTEMS),
    width=st.integers(100, 7680),
    height=st.integers(100, 4320),
    dpr=st.floats(0.5, 5),
    touch=st.booleans(),
    radius=st.integers(0, 50),
    agent=st.text("aZ09 ./;()", max_size=40),
)


@given(st.lists(_DEVICES, max_size=4, unique_by=lambda each: each.name.casefold()))
def test_what_is_written_is_read_again(made: list[Device]) -> None:
    kept: list[Device] = []
    for each in made:
        if not faults_of(each, kept):
            kept.append(named(each, kept))
    assert read_own(write_own(kept)) == tuple(kept)
    assert len({each.id for each in kept}) == len(kept)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff", b"[]", b"{}", b'{"format": "vitrine.own-devices"}', b"[" * 99_999],
)
def test_what_is_no_such_file_is_none(data: bytes) -> None:
    assert read_own(data) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("width", "1080"),
        ("width", True),
        ("width", 10**30),
        ("dpr", None),
        ("safe_area", [1, 2]),
        ("safe_area", "0000"),
        ("id", ""),
        ("kind", "toaster"),
        ("name", 5),
    ],
)
def test_an_entry_that_breaks_a_rule_is_left_out(field: str, value: object) -> None:
    good = named(own_device(**{**_KIOSK, "name": "Good"}), ())
    whole = json.loads(write_own([_kiosk(), good]))
    whole["devices"][0][field] = value
    assert read_own(json.dumps(whole).encode()) == (good,)


def test_copies_have_names_of_their_own() -> None:
    phone = device("iPhone 15")
    first = named(copy_of(phone, devices()), devices())
    assert first.name == "iPhone 15 copy"
    assert first.own
    assert not faults_of(first, devices())
    second = copy_of(first, (*devices(), first))
    assert second.name == "iPhone 15 copy 2"
    assert first._replace(id="", name="") == second._replace(id="", name="")


def test_a_file_that_is_not_there_has_none(tmp_path: Path) -> None:
    assert load_own(tmp_path / "none.json") is None
    (tmp_path / "huge.json").write_bytes(b" " * 1_000_001)
    assert load_own(tmp_path / "huge.json") is None
