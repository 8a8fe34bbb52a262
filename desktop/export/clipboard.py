"""Code on the clipboard: plain for editors, HTML for mails and documents."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication


def code_flavours(code: str, rich: str = "") -> QMimeData:
    """The code as plain text, and as HTML that shows it as code.

    The HTML flavour shows the code, it does not run it: pasted into a mail or a
    document it reads the same as in an editor. `rich` is given where the code is
    made for a mail or a document itself, as a signature is.
    """
    data = QMimeData()
    data.setText(code)
    data.setHtml(rich or f"<pre><code>{escape(code)}</code></pre>")
    return data


def copy_code(code: str, rich: str = "", clipboard: QClipboard | None = None) -> None:
    """Put code on the clipboard in both flavours."""
    data = code_flavours(code, rich)
    (clipboard or QGuiApplication.clipboard()).setMimeData(data)
