"""Pictures on their way into a widget: read, judged, and made smaller on request."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MAX_BYTES = 512 * 1024
"""The largest picture a widget carries."""
READABLE = 64 * 1024 * 1024
"""The largest file that is looked at."""
MOST_PIXELS = 100_000_000
SIDE = 512
"""The longer side of a picture that was made smaller, in px."""

_KINDS = {
    "png": "png",
    "jpeg": "jpeg",
    "jpg": "jpeg",
    "jfif": "jpeg",
    "gif": "gif",
    "webp": "webp",
    "avif": "avif",
    "svg": "svg+xml",
}


class BadImage(ValueError):
    """The file is no picture that a widget can carry; the message ends a sentence."""


@dataclass(frozen=True)
class Picture:
    """A picture that was read: `kind` is a media subtype, "" if pages don't show it."""

    data: bytes
    kind: str
    width: int
    height: int

    @property
    def fits(self) -> bool:
        """Whether it can go into a widget as it is."""
        return bool(self.kind) and len(self.data) <= MAX_BYTES

    def url(self) -> str:
        """The picture as a data: address."""
        return f"data:image/{self.kind};base64,{base64.b64encode(self.data).decode()}"


def read_picture(data: bytes) -> Picture:
    """Look at a file's bytes without unpacking the picture; raises BadImage."""
    if len(data) > READABLE:
        raise BadImage(f"has {len(data) >> 20} MB, more than is looked at here")
    reader, _keep = _reader(data)
    if not reader.canRead():
        raise BadImage("is no picture; use PNG, JPEG, GIF, WebP or SVG")
    size = reader.size()
    if not size.isValid() or size.isEmpty():
        raise BadImage("is damaged or cut off")
    kind = _KINDS.get(bytes(reader.format().data()).decode(), "")
    picture = Picture(data, kind, size.width(), size.height())
    if kind != "svg+xml" and picture.width * picture.height > MOST_PIXELS:
        raise BadImage(
            f"has {picture.width:,} × {picture.height:,} pixels, more than is unpacked"
        )
    if picture.fits and kind not in ("svg+xml", "avif") and thumbnail(data).isNull():
        raise BadImage("is damaged or cut off")
    return picture


def shrunk(picture: Picture) -> Picture:
    """The picture at SIDE px at most, as WebP or PNG; raises BadImage."""
    image = thumbnail(picture.data, SIDE)
    if image.isNull():
        raise BadImage("has too many pixels to be made smaller, or is damaged")
    for kind, quality in (("png", 100), ("webp", 90), ("webp", 60)):
        data = _written(image, kind, quality)
        if data and len(data) <= (MAX_BYTES // 4 if kind == "png" else MAX_BYTES):
            return Picture(data, kind, image.width(), image.height())
    raise BadImage("stays too large even when made smaller")


def thumbnail(data: bytes, side: int = 128) -> QImage:
    """The picture within `side` px; a null image where it can't be read."""
    reader, _keep = _reader(data)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > side:
        reader.setScaledSize(
            size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio)
        )
    return reader.read()


def _reader(data: bytes) -> tuple[QImageReader, QBuffer]:
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setDecideFormatFromContent(True)
    return reader, buffer


def _written(image: QImage, kind: str, quality: int) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    done = image.save(buffer, kind.upper(), quality)  # type: ignore[call-overload]
    return bytes(buffer.data().data()) if done else b""
