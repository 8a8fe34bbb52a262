"""What people drop on the library: widgets' files, code from elsewhere, addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop.library.actions import SUFFIX
from exporter.contract.errors import InputError, WorldError

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

_CODE = (
    ".html .htm .xhtml .js .mjs .cjs .jsx .ts .tsx .vue .svelte .astro .php .liquid "
    ".txt .md .json"
).split()
_MOST = 4_000_000


def widget_files(data: QMimeData) -> list[Path]:
    """The widgets' files among what is dropped."""
    return [path for path in _paths(data) if path.name.lower().endswith(SUFFIX)]


def code_file(data: QMimeData) -> Path | None:
    """The first file that may hold a chat of elsewhere."""
    found = (path for path in _paths(data) if path.suffix.lower() in _CODE)
    return next((p for p in found if not p.name.lower().endswith(SUFFIX)), None)


def code_text(data: QMimeData) -> str:
    """Text, or the address of a page, that is dropped from another window."""
    pages = [url.toString() for url in data.urls() if url.scheme() in ("http", "https")]
    if pages:
        return pages[0]
    return "" if data.urls() else data.text()[:_MOST].strip()


def read_code(path: Path) -> str:
    """What a dropped file says; raises WorldError or InputError."""
    try:
        with path.open("rb") as file:
            text = file.read(_MOST + 1).decode("utf-8-sig", "replace")
    except OSError as error:
        why = error.strerror or "cannot be read"
        raise WorldError(f"{path.name}: {why}.", "Open it elsewhere.") from error
    if not text.strip():
        raise InputError(f"{path.name} is empty.", "Drop the file with the code.")
    return text


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
