"""Contact sheets and sign-offs of the wall: taken, told how far, saved or copied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop.canvas.canvas import Canvas
    from desktop.canvas.series import Series
    from desktop.canvas.sheet import Picture
    from desktop.document import Document
    from desktop.export.taking import Taking
    from desktop.window import Window

    Use = Callable[[list[Picture]], None]


class Sheets(QObject):
    """Commands, found by their methods' names.

    While time is stopped the devices are taken as they stand; else each is taken off
    screen, where nothing moves.
    """

    def __init__(
        self, canvas: Canvas, document: Document, taking: Taking, window: Window
    ) -> None:
        super().__init__(window)
        self._canvas, self._document = canvas, document
        self._taking, self._window = taking, window
        self._series: Series | None = None
        self._use: Use = self._save_sheet

    def save_sheet(self) -> None:
        """Take every device of the wall and save them on one picture."""
        self._take(self._save_sheet)

    def copy_sheet(self) -> None:
        """Take every device of the wall and put them on the clipboard."""
        self._take(self._copy_sheet)

    def save_states(self) -> None:
        """Every device in every state, on one picture."""
        self._take(self._save_sheet, self._states())

    def save_sign_off(self) -> None:
        """Every device in every state, as a PDF with a line to sign."""
        self._take(self._save_pdf, self._states())

    def cancel(self) -> None:
        """Take no more."""
        if self._series is not None:
            self._series.cancel()
        self._window.strip.hide()

    def shutdown(self) -> None:
        """Let the camera's pages go."""
        if self._series is not None:
            self._series.shutdown()

    def _states(self) -> tuple[str, ...]:
        from desktop.canvas.states import MOMENTS

        teaser = self._document.widget.launcher.teaser
        shown = teaser.enabled and bool(teaser.text)
        return tuple(name for name in MOMENTS if name != "teaser" or shown)

    def _take(self, use: Use, states: tuple[str, ...] = ()) -> None:
        self._use = use
        if self._canvas.playing.time.is_stopped:
            self._canvas.take_standing(self._on_taken)
            return
        series = self._started()
        many = len(self._canvas.wall.spots) * max(1, len(states))
        self._on_progress(0, many)
        self._canvas.take_sheet(series, states)

    def _started(self) -> Series:
        if self._series is None:
            from desktop.canvas.series import Series  # rarely used, needs PDF's parts

            self._series = Series(self)
            self._series.progressed.connect(self._on_progress)
            self._series.finished.connect(self._on_taken)
            self._series.failed.connect(
                lambda words: self._window.strip.say(words, "danger")
            )
        return self._series

    def _on_progress(self, taken: int, many: int) -> None:
        self._window.strip.say(
            f"Taking pictures: {taken} of {many}",
            "info",
            action="Cancel",
            run=self.cancel,
        )

    def _on_taken(self, pictures: list[Picture]) -> None:
        self._window.strip.hide()
        if pictures:
            self._use(pictures)
        else:
            self._window.strip.say("No device shows a page to take.", "danger")

    def _save_sheet(self, pictures: Sequence[Picture]) -> None:
        from desktop.canvas.sheet import contact_sheet

        sheet = contact_sheet(self._document.widget.name, pictures)
        self._taking.save_image(sheet)

    def _copy_sheet(self, pictures: Sequence[Picture]) -> None:
        from desktop.canvas.sheet import contact_sheet

        sheet = contact_sheet(self._document.widget.name, pictures)
        QGuiApplication.clipboard().setImage(sheet)
        self._window.strip.say("The contact sheet is on the clipboard.", "success")

    def _save_pdf(self, pictures: Sequence[Picture]) -> None:
        from desktop.canvas.sheet import sign_off

        widget = self._document.widget
        pdf = sign_off(widget.name, f"Key {widget.key}", pictures)
        self._taking.save_pdf(pdf)
