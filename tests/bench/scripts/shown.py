"""When a page shows its widget: it is there, and a frame with it was drawn."""

from collections.abc import Callable

from PySide6.QtWebEngineCore import QWebEnginePage

_WATCH = """(() => {
  const look = () => %s
    ? requestAnimationFrame(() => requestAnimationFrame(() => {
        document.title = "shown"; }))
    : setTimeout(look, 2);
  look();
})()"""
_WIDGET = "window.Vitrine && Vitrine.get(%r)"
_CHAT = (
    'document.querySelector("[data-vitrine]")?.shadowRoot?'
    '.querySelectorAll(".vt-panel, .vt-row").length > %d'
)


def when_shown(page: QWebEnginePage, key: str, then: Callable[[], None]) -> None:
    """Call `then` once; the page may be still loading."""
    _when(page, _WIDGET % key, then)


def when_open(page: QWebEnginePage, rows: int, then: Callable[[], None]) -> None:
    """Call `then` once its chat is open, with at least so many messages in it."""
    _when(page, _CHAT % rows, then)


def _when(page: QWebEnginePage, test: str, then: Callable[[], None]) -> None:
    page.titleChanged.connect(lambda title: then() if title == "shown" else None)
    page.loadFinished.connect(lambda ok: page.runJavaScript(_WATCH % test))
