"""The catalogue is plausible, and its devices are found by what people call them."""

import json
from importlib.resources import files

import pytest

from exporter.devices import Device, UnknownDevice, device, devices, responsive

CORE = [each for each in devices() if each.core]
each_device = pytest.mark.parametrize("each", devices(), ids=lambda d: d.id)


def test_it_holds_all_the_facts_and_the_ones_designers_ask_for() -> None:
    assert len(devices()) == 100
    assert len(CORE) == 30
    assert {"iphone-15", "desktop-1280x800"} <= {each.id for each in CORE}
    assert {each.kind for each in CORE} == {"phone", "tablet", "foldable", "desktop"}


def test_ids_and_names_name_one_device_each() -> None:
    assert len({each.id for each in devices()}) == len(devices())
    assert len({each.name.casefold() for each in devices()}) == len(devices())


@each_device
def test_sizes_are_plausible(each: Device) -> None:
    assert 200 <= each.width <= 2600
    assert 240 <= each.height <= 1500
    assert 1 <= each.dpr <= 4
    assert each.year is None or 2018 <= each.year <= 2026
    assert 0 <= each.radius < min(each.width, each.height) / 3
    if each.rotates:
        assert each.width <= each.height
    if each.kind == "desktop":
        assert each.width > each.height
        assert not each.touch


@each_device
def test_safe_areas_leave_most_of_the_screen(each: Device) -> None:
    for orientation in ("portrait", "landscape"):
        width, height = each.size(orientation)
        top, right, bottom, left = each.safe_area(orientation)
        assert min(top, right, bottom, left) >= 0
        assert left + right < width / 3
        assert top + bottom < height / 3


@each_device
def test_browser_and_keyboard_leave_some_of_it(each: Device) -> None:
    if each.browser_height is not None:
        assert each.height / 2 < each.browser_height < each.height
    if each.keyboard is not None:
        assert each.touch
        assert 100 < each.keyboard[0] < each.height * 0.6
        assert 100 < each.keyboard[1] < each.width * 0.65


@each_device
def test_a_phone_with_a_cutout_keeps_the_page_clear_of_it(each: Device) -> None:
    if each.cutout:
        assert each.safe_area_portrait.top >= 20
        assert each.mobile


@each_device
def test_turned_the_cutout_lies_on_the_left_and_is_kept_clear_of(each: Device) -> None:
    if each.cutout:
        least = min(40, each.safe_area_portrait.top)
        assert each.safe_area_landscape.left >= least


@each_device
def test_a_browsers_bar_has_room_above_or_below_its_page(each: Device) -> None:
    """Chrome's is 56 px high, Safari's 50; what the system keeps comes on top."""
    if each.browser_height is not None:
        safe = each.safe_area_portrait
        system = safe.top + (safe.bottom if each.os == "Android" else 0)
        assert each.height - each.browser_height - system >= 40


@each_device
def test_what_folds_has_its_hinge_in_the_middle(each: Device) -> None:
    folds = each.id.endswith("-inner") or "-z-flip-" in each.id
    if folds and "cover" not in each.id:
        assert each.fold is not None
        whole = each.width if each.fold.axis == "vertical" else each.height
        assert each.fold.at == whole / 2


@each_device
def test_the_user_agent_says_what_it_is(each: Device) -> None:
    assert each.user_agent.startswith("Mozilla/5.0 (")
    assert "{" not in each.user_agent
    assert ("Mobile" in each.user_agent) == (
        each.os in ("iOS", "watchOS")
        or (each.os == "Android" and each.kind in ("phone", "foldable"))
    )
    assert each.platform


@each_device
def test_whatever_was_estimated_is_a_field(each: Device) -> None:
    known = {"cutout", "safe_area", "radius", "browser_height", "keyboard", "fold"}
    assert set(each.estimated) <= known


@each_device
def test_its_name_and_id_find_it(each: Device) -> None:
    assert device(each.id) is each
    assert device(each.name) is each
    assert device(each.name.upper().replace(" ", "")) is each


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("iPhone 15", "iphone-15"),
        ("iphone15", "iphone-15"),
        ("Desktop 1280x800", "desktop-1280x800"),
        ("desktop 1280×800", "desktop-1280x800"),
        ("galaxy tab s10+", "galaxy-tab-s10-plus"),
    ],
)
def test_people_write_names_in_many_ways(said: str, found: str) -> None:
    assert device(said).id == found


def test_an_unknown_name_says_what_is_alike() -> None:
    with pytest.raises(UnknownDevice, match=r"“Pixel”\. Did you mean Pixel 4a"):
        device("Pixel")
    with pytest.raises(UnknownDevice, match=r"no device “”\.$"):
        device("")


def test_turning_swaps_what_rotates_and_nothing_else() -> None:
    phone, desktop = device("iPhone 15"), device("Desktop 1280×800")
    assert phone.size("portrait") == (393, 852)
    assert phone.size("landscape") == (852, 393)
    assert phone.safe_area("landscape").left == 59
    assert desktop.size("landscape") == (1280, 800)
    assert not desktop.turned("landscape")


def test_a_free_size_is_a_device_too() -> None:
    free = responsive(100, 7680)
    assert free.size("landscape") == (100, 7680)
    assert not free.touch


def test_every_source_that_is_named_is_explained() -> None:
    text = (files("resources") / "devices" / "devices.json").read_text("utf-8")
    facts = json.loads(text)
    named = {source for entry in facts["devices"] for source in entry["sources"]}
    assert named <= set(facts["sources"])


def test_a_bare_size_is_a_screen_within_reason() -> None:
    assert device(" 800 × 600 ").size("portrait") == (800, 600)
    assert device(device("800x600").id) == device("800x600")
    for size in ("99x600", "800x4321", "0x0", "99999x99999"):
        with pytest.raises(UnknownDevice):
            device(size)
