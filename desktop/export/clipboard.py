"""Code on the clipboard: plain for editors, HTML for mails and documents."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication


def code_flavours(code: str) -> QMimeData:
    """The code as plain text, and as HTML that shows it as code.

    The HTML flavour shows the code, it does not run it: pasted into a mail or a
    document it reads the same as in an editor.
    """
    data = QMimeData()
    data.setText(code)
    data.setHtml(f"<pre><code>{escape(code)}</code></pre>")
    return data


def copy_code(code: str, clipboard: QClipboard | None = None) -> None:
    """Put code on the clipboard in both flavours."""
    (clipboard or QGuiApplication.clipboard()).setMimeData(code_flavours(code))
