"""Icons: what is filled can still be told from a blob."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from exporter.contract.icons import drawing

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none"'
    ' stroke="#000" stroke-width="2">{}</svg>'
)


@pytest.mark.usefixtures("qapp")
def test_the_check_is_cut_out_of_its_disc() -> None:
    shapes = "".join(
        f"<{tag} {' '.join(f'{name}={value!r}' for name, value in given.items())}/>"
        for tag, given in drawing("check-circle-filled")
    ).replace("currentColor", "#000")
    image = QImage(96, 96, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(SVG.format(shapes).encode())).render(painter)
    painter.end()
    dark = [image.pixelColor(x, y).lightness() < 128 for x, y in ((24, 48), (48, 24))]
    assert dark == [True, True]
    assert image.pixelColor(43, 60).lightness() > 128  # where the check bends
