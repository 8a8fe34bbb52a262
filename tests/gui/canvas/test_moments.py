"""States and time on a wall of unlike devices, with the real widget on each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QBuffer, QSettings
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QMainWindow

from desktop.canvas.canvas import Canvas
from desktop.canvas.spot import Spot
from desktop.canvas.states import MOMENTS
from desktop.document import Document
from desktop.picturing import serving
from desktop.sheets import Sheets
from desktop.strip import Strip
from exporter.editing import with_values
from exporter.providers.registry import provider, providers
from tests.gui.canvas.conftest import answer, closed
from tests.gui.canvas.real_wall import all_ready, inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.canvas.card import Card
    from desktop.canvas.sheet import Picture

_WALL = (
    Spot("iphone-15"),
    Spot("desktop-1280x800", scheme="dark"),
    Spot("ipad-10th-gen-a16", orientation="landscape", locale="de-DE"),
    Spot("300x500"),
)
_ROWS = """[...(document.querySelector('[data-vitrine]')?.shadowRoot
  ?.querySelectorAll('.vt-row') ?? [])].map((row) => row.textContent)"""


@pytest.fixture(params=[each.name for each in providers()])
def document(request: pytest.FixtureRequest, qapp: object) -> Document:
    made = provider(request.param).widget(provider=request.param)
    teaser = {"launcher.teaser.enabled": True, "launcher.teaser.text": "Need help?"}
    return Document(with_values(made, teaser))


@pytest.fixture
def canvas(qtbot: QtBot, tmp_path: Path, document: Document) -> Iterator[Canvas]:
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    made = Canvas(settings)
    with serving([document.widget]) as base, closed(made) as found:
        found.resize(1300, 800)
        found.show()
        found.show_widget(document, base)
        found.start()
        found.wall.hang(_WALL)
        all_ready(qtbot, found)
        yield found


def _is(qtbot: QtBot, card: Card, moment: str) -> bool:
    """Whether a device stands at a moment, by what is seen on its page."""
    view = card.view
    is_open = answer(qtbot, view, f"{inside('.vt')}?.hasAttribute('data-open') ?? null")
    rows: list[str] = answer(qtbot, view, _ROWS)
    if moment == "closed":
        return is_open is False
    if moment == "teaser":
        shown = f"{inside('.vt-teaser')}?.checkVisibility() ?? false"
        return is_open is False and bool(answer(qtbot, view, shown))
    if moment == "stream":
        text = " ".join(rows)
        return bool(is_open) and "55 to 65" in text and "you need" not in text
    if moment == "error":
        alert = f"Boolean({inside('[data-state=error]')})"
        return bool(is_open) and bool(answer(qtbot, view, alert))
    if moment == "history":
        return bool(is_open) and len(rows) >= 4
    if moment == "keyboard":
        screen = card.screen_shown
        tall = answer(qtbot, view, "innerHeight")
        up = card.pose.device.keyboard is not None
        shrunk = screen.height < screen.screen_height
        return bool(is_open) and tall == screen.height and shrunk is up
    return bool(is_open)


@pytest.mark.timeout(120)
def test_each_state_is_there_on_each_device(qtbot: QtBot, canvas: Canvas) -> None:
    for moment in MOMENTS:
        canvas.playing.show_moment(moment)
        all_ready(qtbot, canvas)
        for card in canvas.wall.cards:
            qtbot.waitUntil(
                lambda c=card, m=moment: _is(qtbot, c, m),  # type: ignore[misc]
                timeout=15_000,
            )
            if moment in ("open", "closed"):
                others = ("teaser", "stream", "error", "history")
                assert not any(_is(qtbot, card, other) for other in others)


def _said(qtbot: QtBot, canvas: Canvas) -> list[int]:
    """How many letters of the conversation each device shows."""
    return [len("".join(answer(qtbot, c.view, _ROWS))) for c in canvas.wall.cards]


def _let_pass(qtbot: QtBot, card: Card) -> None:
    """Some of a page's own time, in which whatever runs would have gone on."""
    card.view.run("window.passed = 0; setTimeout(() => window.passed = 1, 300)")
    qtbot.waitUntil(
        lambda: answer(qtbot, card.view, "window.passed") == 1, timeout=10_000
    )


@pytest.mark.timeout(120)
def test_one_conversation_plays_on_all_and_time_stops_and_goes_on(
    qtbot: QtBot, canvas: Canvas
) -> None:
    canvas.playing.play("long-answer")
    all_ready(qtbot, canvas)
    qtbot.waitUntil(lambda: min(_said(qtbot, canvas)) > 60, timeout=40_000)
    canvas.playing.time.toggle_time()
    assert canvas.bar.scenarios.toolTip() == "Time is stopped"
    # A word that was under way arrives; then nothing does.
    before: list[int] = []

    def rests() -> bool:
        before[:] = _said(qtbot, canvas)
        _let_pass(qtbot, canvas.wall.cards[0])
        return _said(qtbot, canvas) == before

    qtbot.waitUntil(rests, timeout=15_000)
    canvas.playing.time.toggle_time()
    qtbot.waitUntil(
        lambda: all(
            now > was for now, was in zip(_said(qtbot, canvas), before, strict=True)
        ),
        timeout=10_000,
    )


def test_animations_stop_with_time(qtbot: QtBot, canvas: Canvas) -> None:
    card = canvas.wall.cards[0]
    card.view.run("""
      const style = new CSSStyleSheet();
      style.replaceSync('@keyframes go { to { width: 900px } } ' +
        '#go { width: 0; animation: go 60s linear }');
      document.adoptedStyleSheets.push(style);
      document.body.insertAdjacentHTML('beforeend', '<div id="go"></div>')""")
    width = "document.getElementById('go').getBoundingClientRect().width"
    qtbot.waitUntil(lambda: answer(qtbot, card.view, width) > 0, timeout=5_000)
    canvas.playing.time.set_stopped(on=True)
    stood: list[float] = []

    def stands() -> bool:
        stood[:] = [answer(qtbot, card.view, width)]
        _let_pass(qtbot, card)
        return bool(answer(qtbot, card.view, width) == stood[0])

    qtbot.waitUntil(stands, timeout=15_000)
    canvas.playing.time.set_stopped(on=False)
    qtbot.waitUntil(lambda: answer(qtbot, card.view, width) > stood[0], timeout=5_000)


class _Window(QMainWindow):
    """As much of the window as sheets need."""

    def __init__(self) -> None:
        super().__init__()
        self.strip = Strip(self)


class _Taking:
    """Keeps what would be saved."""

    def __init__(self) -> None:
        self.images: list[QImage] = []
        self.pdfs: list[bytes] = []

    def save_image(self, image: QImage) -> None:
        self.images.append(image)

    def save_pdf(self, data: bytes) -> None:
        self.pdfs.append(data)


@pytest.fixture
def sheets(qtbot: QtBot, canvas: Canvas, document: Document) -> Iterator[Any]:
    window = _Window()
    qtbot.addWidget(window)
    found = Sheets(canvas, document, _Taking(), window)  # type: ignore[arg-type]
    yield found
    found.shutdown()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("document", ["n8n"], indirect=True)
def test_a_sign_off_has_every_device_in_every_state(
    qtbot: QtBot, canvas: Canvas, sheets: Sheets
) -> None:
    canvas.wall.hang(_WALL[:2])
    taking: Any = sheets._taking  # noqa: SLF001
    sheets.save_sign_off()
    qtbot.waitUntil(lambda: bool(taking.pdfs), timeout=150_000)
    buffer = QBuffer()
    buffer.setData(taking.pdfs[0])
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    pdf = QPdfDocument()
    pdf.load(buffer)
    words = " ".join(pdf.getAllText(n).text() for n in range(pdf.pageCount()))
    for moment in MOMENTS.values():
        assert words.count(moment.title) >= 2, moment.title
    pdf.close()


@pytest.mark.timeout(90)
@pytest.mark.parametrize("document", ["n8n"], indirect=True)
def test_while_time_is_stopped_the_devices_are_taken_as_they_stand(
    qtbot: QtBot, canvas: Canvas, sheets: Sheets
) -> None:
    for card in canvas.wall.cards:
        card.view.run("document.documentElement.style.background = 'rgb(255, 0, 255)'")
        card.view.run("document.body.style.display = 'none'")
    canvas.playing.time.set_stopped(on=True)
    sheets.copy_sheet()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: not clipboard.image().isNull(), timeout=20_000)
    image = clipboard.image()
    pink = sum(
        image.pixelColor(x, y).name() == "#ff00ff"
        for x in range(0, image.width(), 7)
        for y in range(0, image.height(), 7)
    )
    assert pink > 0.2 * (image.width() // 7) * (image.height() // 7)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("document", ["n8n"], indirect=True)
def test_a_device_out_of_sight_is_woken_for_its_picture(
    qtbot: QtBot, canvas: Canvas
) -> None:
    canvas.stage.zoom_to(1.5)
    hidden = [card for card in canvas.wall.cards if card.view.isHidden()]
    assert hidden
    taken: list[Picture] = []
    canvas.take_standing(taken.extend)
    qtbot.waitUntil(lambda: len(taken) == len(_WALL), timeout=40_000)
    assert "Deutsch" in taken[2].caption
    assert all(card.view.isHidden() for card in hidden)


@pytest.mark.parametrize("document", ["n8n"], indirect=True)
def test_a_sheet_can_be_cancelled(qtbot: QtBot, canvas: Canvas, sheets: Sheets) -> None:
    sheets.save_states()
    strip: Strip = sheets._window.strip  # noqa: SLF001
    assert strip.text.startswith("Taking pictures: 0 of 28")
    strip.action.click()
    assert strip.isHidden()
    assert sheets._series is not None  # noqa: SLF001
    assert not sheets._series.is_running  # noqa: SLF001
