"""When a page shows its widget: it is there, and a frame with it was drawn."""

from collections.abc import Callable

from PySide6.QtWebEngineCore import QWebEnginePage

_WATCH = """(() => {
  const look = () => window.Vitrine && Vitrine.get(%r)
    ? requestAnimationFrame(() => requestAnimationFrame(() => {
        document.title = "shown"; }))
    : setTimeout(look, 2);
  look();
})()"""


def when_shown(page: QWebEnginePage, key: str, then: Callable[[], None]) -> None:
    """Call `then` once; the page may be still loading."""
    page.titleChanged.connect(lambda title: then() if title == "shown" else None)
    page.loadFinished.connect(lambda ok: page.runJavaScript(_WATCH % key))
