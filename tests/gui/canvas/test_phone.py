"""The preview on a phone: asked for, followed, turned off; with a real browser view."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import httpx
import pytest
from PySide6.QtCore import QSettings, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile
from PySide6.QtWidgets import QPushButton

from desktop.canvas.canvas import Canvas
from desktop.canvas.phone import _LEFT, NO_NETWORK, Phone
from desktop.document import Document
from desktop.preview.opening import open_preview
from exporter.providers.registry import providers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.preview.host import PreviewHost

HERE = ("127.0.0.2", "127.0.0.3")
WIDGET = providers()[0].samples()[0]


class NoSecrets:
    async def read(self, widget_key: str, name: str) -> str | None:
        return None


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(WIDGET)


@pytest.fixture
def host(document: Document) -> Iterator[PreviewHost]:
    found = open_preview(
        lambda _key: document.widget, NoSecrets(), simulated=lambda key: "no network"
    )
    found.start()
    yield found
    found.shutdown()


@pytest.fixture
def canvas(
    qtbot: QtBot, tmp_path: Path, document: Document, host: PreviewHost
) -> Iterator[Canvas]:
    """A canvas whose engine never starts: phones need none."""
    settings = QSettings(str(tmp_path / "s.ini"), QSettings.Format.IniFormat)
    found = Canvas(settings)
    qtbot.addWidget(found)
    found.resize(1000, 700)
    found.show()
    found.show_widget(document, host.base)
    yield found
    found.shutdown()


@pytest.fixture
def places() -> list[str]:
    return list(HERE)


@pytest.fixture
def phone(canvas: Canvas, host: PreviewHost, places: list[str]) -> Iterator[Phone]:
    found = Phone(canvas, host, find=lambda: tuple(places))
    yield found
    found.shutdown()


@pytest.fixture
def browser(qtbot: QtBot) -> Iterator[QWebEnginePage]:
    """What a person holds: a browser that has nothing to do with the canvas."""
    profile = QWebEngineProfile()
    page = QWebEnginePage(profile)
    yield page
    page.deleteLater()
    profile.deleteLater()


def _invitation(phone: Phone) -> str:
    assert phone.panel is not None
    name = phone.panel.code.accessibleName()
    assert name.startswith("Code that opens http://127.0.0.2:")
    return name.removeprefix("Code that opens ")


def _enter(phone: Phone) -> httpx.Client:
    base, _, token = _invitation(phone).partition("/#")
    client = httpx.Client(base_url=base, trust_env=False, timeout=20)
    answer = client.post("/enter", content=token, headers={"origin": base})
    assert answer.status_code == 204
    return client


def _sees(qtbot: QtBot, page: QWebEnginePage, script: str) -> object:
    got: list[object] = []
    page.runJavaScript(script, 0, got.append)
    qtbot.waitUntil(lambda: bool(got), timeout=10_000)
    return got[0]


def test_nothing_listens_until_it_is_asked_for(phone: Phone, canvas: Canvas) -> None:
    assert not phone.is_on
    assert not canvas.bar.phones.isChecked()
    canvas.bar.phones.click()
    assert phone.is_on
    assert canvas.bar.phones.isChecked()
    assert "127.0.0.2" in canvas.bar.phones.toolTip()


def test_a_phone_sees_the_widget_and_every_edit(
    qtbot: QtBot,
    phone: Phone,
    canvas: Canvas,
    document: Document,
    browser: QWebEnginePage,
) -> None:
    phone.show_on_phone()
    browser.load(QUrl(_invitation(phone)))
    size = (
        f"window.Vitrine?.get?.('{WIDGET.key}') ? getComputedStyle(document"
        ".querySelector('[data-vitrine]').shadowRoot.querySelector('.vt'))"
        ".getPropertyValue('--vt-launcher-size') || 'there' : ''"
    )
    qtbot.waitUntil(lambda: _sees(qtbot, browser, size) != "", timeout=30_000)
    assert str(_sees(qtbot, browser, "location.hash")) == ""
    qtbot.waitUntil(lambda: phone.phones == 1, timeout=10_000)
    assert "1 on" in canvas.bar.phones.text()
    assert phone.panel is not None
    assert phone.panel.heading.text() == "A phone follows"
    name = (
        "document.querySelector('[data-vitrine]').shadowRoot.textContent"
        ".includes('Straight from the edit')"
    )
    assert not document.set("header.title.text", "Straight from the edit")
    qtbot.waitUntil(lambda: _sees(qtbot, browser, name) is True, timeout=10_000)
    loads: list[bool] = []
    browser.loadFinished.connect(loads.append)
    canvas.set_site("docs")
    qtbot.waitUntil(lambda: loads == [True], timeout=20_000)
    assert "site=docs" in str(_sees(qtbot, browser, "location.search"))
    phone.turn_off()
    off = "document.body.textContent.includes('turned off in Vitrine')"
    qtbot.waitUntil(lambda: _sees(qtbot, browser, off) is True, timeout=10_000)


def test_off_is_off(qtbot: QtBot, phone: Phone, canvas: Canvas) -> None:
    phone.show_on_phone()
    with closing(_enter(phone)) as client:
        assert client.get("/").status_code == 303
        assert phone.panel is not None
        phone.panel.off.click()
        assert not phone.is_on
        assert phone.panel.isHidden()
        assert not canvas.bar.phones.isChecked()
        assert canvas.bar.phones.text() == ""
        with pytest.raises(httpx.ConnectError):
            client.get("/")


def test_a_code_that_nobody_sees_is_void(phone: Phone) -> None:
    phone.show_on_phone()
    base, _, token = _invitation(phone).partition("/#")
    assert phone.panel is not None
    phone.panel.close()
    assert phone.is_on, "who is in goes on following"
    headers = {"origin": base}
    answer = httpx.post(
        f"{base}/enter", content=token, headers=headers, trust_env=False
    )
    assert answer.status_code == 403


def test_another_phone_gets_a_code_of_its_own(phone: Phone) -> None:
    phone.show_on_phone()
    first = _invitation(phone)
    assert phone.panel is not None
    phone.panel.again.click()
    assert _invitation(phone) != first
    with closing(_enter(phone)) as client:
        assert client.get("/").status_code == 303


def test_without_a_network_it_says_so_and_can_be_tried_again(
    phone: Phone, places: list[str]
) -> None:
    places.clear()
    phone.show_on_phone()
    assert not phone.is_on
    assert phone.panel is not None
    assert phone.panel.isVisible()
    assert phone.panel.words.text() == NO_NETWORK
    assert phone.panel.off.isHidden()
    places.append(HERE[0])
    phone.panel.again.click()
    assert phone.is_on
    assert not phone.panel.off.isHidden()


def test_an_address_that_refuses_is_said(phone: Phone, places: list[str]) -> None:
    places[:] = ["192.0.2.7"]
    phone.show_on_phone()
    assert not phone.is_on
    assert phone.panel is not None
    assert "192.0.2.7" in phone.panel.words.text()


def test_of_several_addresses_another_can_be_chosen(phone: Phone) -> None:
    phone.show_on_phone()
    assert phone.panel is not None
    assert [phone.panel.places.itemText(n) for n in range(2)] == list(HERE)
    phone.panel.places.textActivated.emit(HERE[1])
    assert phone.address == HERE[1]
    assert "127.0.0.3" in phone.panel.code.accessibleName()


def test_leaving_the_network_ends_it(
    qtbot: QtBot, phone: Phone, places: list[str]
) -> None:
    phone.show_on_phone()
    phone.look_every(1)
    with qtbot.waitSignal(phone.said, timeout=5_000) as said:
        places.clear()
    assert said.args == [_LEFT]
    assert not phone.is_on


def test_forgotten_it_ends_by_itself(qtbot: QtBot, phone: Phone) -> None:
    phone.show_on_phone()
    with qtbot.waitSignal(phone.said, timeout=5_000):
        phone.be_patient_for(1)
    assert not phone.is_on


def test_a_silent_network_gets_a_hint(phone: Phone) -> None:
    phone.show_on_phone()
    assert phone.panel is not None
    phone.panel.hint_if_waiting()
    assert "firewall" in phone.panel.words.text()


def test_everything_in_the_panel_can_be_reached_by_key(phone: Phone) -> None:
    phone.show_on_phone()
    assert phone.panel is not None
    for button in phone.panel.findChildren(QPushButton):
        assert button.text()
        assert button.focusPolicy() != button.focusPolicy().NoFocus
