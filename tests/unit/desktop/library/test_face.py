"""Every config has a face, and ages are told in people's words."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from desktop.library.face import color_of, face_of
from desktop.library.face_paint import paint_face
from desktop.when import ago
from exporter.contract.layout import MODES
from exporter.contract.widget import Widget
from exporter.editing import with_values
from exporter.providers.registry import providers
from tests.libraries import samples

everything: list[Widget] = [
    *samples(),
    *(each.widget(provider=each.name) for each in providers()),
]
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["a", "text", "enabled"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def painted(config: dict[str, Any], *, dark: bool = False) -> QImage:
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    paint_face(painter, QRectF(0, 0, 300, 200), face_of(config), dark=dark)
    painter.end()
    return image


def shows(image: QImage, color: str) -> bool:
    wanted = color_of(color, "#000000").rgb()
    return any(
        image.pixel(x, y) == wanted
        for y in range(image.height())
        for x in range(image.width())
    )


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("widget", everything, ids=lambda one: one.provider + one.name)
def test_a_face_has_the_widgets_own_accent(
    qtbot: QtBot, widget: Widget, mode: str
) -> None:
    red = with_values(widget, {"layout.mode": mode, "theme.accent.primary": "#d0103a"})
    assert shows(painted(red.plain()), "#d0103a")
    assert not shows(painted(widget.plain()), "#d0103a")


def test_dark_widgets_and_dark_apps_look_so(qtbot: QtBot) -> None:
    light, dark = (
        painted(
            with_values(
                samples()[0],
                {"theme.color_scheme": scheme, "layout.mode": "fullpage"},
            ).plain()
        )
        for scheme in ("light", "dark")
    )
    corner = light.pixelColor(3, 100).lightness(), dark.pixelColor(3, 100).lightness()
    assert corner[0] > 200
    assert corner[1] < 60
    plain = samples()[0].plain()
    page = painted(plain, dark=True).pixelColor(3, 3).lightness()
    assert page < 80 < painted(plain).pixelColor(3, 3).lightness()


def test_alpha_stands_last_in_a_widgets_colour() -> None:
    assert color_of("#11223344", "#000000").getRgb() == (0x11, 0x22, 0x33, 0x44)
    assert color_of("rubbish", "#010203").name() == "#010203"


@given(
    st.dictionaries(
        st.sampled_from(["theme", "layout", "launcher", "name", "texts"]), values
    )
)
def test_an_odd_config_has_a_face_all_the_same(config: dict[str, Any]) -> None:
    face_of(config)


NOW = datetime(2026, 11, 22, 14, 30).astimezone()


@pytest.mark.parametrize(
    ("back", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=15), "yesterday"),
        (timedelta(days=2), "20 Nov"),
        (timedelta(days=400), "18 Oct 2025"),
    ],
)
def test_age(back: timedelta, words: str) -> None:
    assert ago(NOW - back, NOW) == words
