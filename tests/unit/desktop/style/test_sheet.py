"""The style sheet and the icons: strict about names, sharp at every scale."""

from __future__ import annotations

import re
import sys
from subprocess import run
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage

from desktop.style import sheet
from desktop.style.appearance import appearance
from desktop.style.icons import icon, pixmap
from desktop.style.tokens import DARK, LIGHT


def test_every_name_of_the_sheet_is_a_token(qapp: Any) -> None:
    for tokens in (LIGHT, DARK):
        text = sheet.style_sheet(tokens)
        assert "$" not in text
        assert tokens.accent in text


def test_a_name_that_is_none_is_an_error(
    qapp: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.qss").write_text("QLabel { color: $nobody; }")
    monkeypatch.setattr(sheet, "_FOLDER", tmp_path)
    sheet._template.cache_clear()  # noqa: SLF001 – the seam is the file's place
    with pytest.raises(KeyError, match="nobody"):
        sheet.style_sheet(LIGHT)
    sheet._template.cache_clear()  # noqa: SLF001


def test_colours_stand_in_tokens_alone(qapp: Any) -> None:
    for path in sheet._FOLDER.glob("*.qss"):  # noqa: SLF001
        assert not re.search(r":[^;{]*#[0-9a-fA-F]{3,8}\b", path.read_text("utf-8"))


def test_an_icon_of_no_name_is_an_error(qapp: Any) -> None:
    with pytest.raises(KeyError):
        icon("no-such-icon")


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_is_sharp_at_its_scale(qapp: Any, ratio: float) -> None:
    drawn = pixmap("palette", "#ff0000", 16, ratio)
    assert drawn.size() == QSize(round(16 * ratio), round(16 * ratio))
    assert drawn.devicePixelRatio() == ratio
    assert _inks(drawn.toImage()) == {"#ff0000"}
    assert icon("palette").pixmap(QSize(16, 16), ratio).width() == round(16 * ratio)


def test_an_icon_takes_the_colour_of_the_scheme(qapp: Any) -> None:
    found = icon("palette", "text", active="accent")
    for mode, tokens in (("dark", DARK), ("light", LIGHT)):
        appearance().set_mode(mode)
        image = found.pixmap(16, 16).toImage()
        assert _inks(image) == {tokens.text}
        off = found.pixmap(16, 16, QIcon.Mode.Disabled).toImage()
        assert _inks(off) == {tokens.disabled}
        checked = found.pixmap(QSize(16, 16), QIcon.Mode.Normal, QIcon.State.On)
        assert _inks(checked.toImage()) == {tokens.accent}


def test_changing_the_scheme_is_told_once(qtbot: Any, qapp: Any) -> None:
    look = appearance()
    look.set_mode("light")
    heard: list[str] = []
    look.changed.connect(lambda: heard.append(look.tokens.panel))
    look.set_mode("dark")
    look.set_mode("dark")
    look.set_mode("light")
    assert heard == [DARK.panel, LIGHT.panel]
    assert appearance() is look
    assert look.tokens.panel in qapp.styleSheet() or qapp.styleSheet()


def test_nothing_moves_where_nothing_should(qapp: Any) -> None:
    look = appearance()
    look.reduced_motion = True
    assert look.motion == 0
    look.reduced_motion = False
    assert 120 <= look.motion <= 180


def test_style_imports_nothing_slow() -> None:
    code = (
        "import sys, desktop.style.appearance, desktop.style.icons, "
        "desktop.style.painting; "
        "print(sorted({name.split('.')[0] for name in sys.modules}"
        " & {'pydantic', 'jinja2', 'superqt', 'qtawesome', 'exporter', 'lucide'}))"
    )
    done = run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _inks(image: QImage) -> set[str]:
    """The colours of the opaque pixels."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
