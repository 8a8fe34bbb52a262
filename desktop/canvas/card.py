"""One device on the stage: its body, its live page, its name, its troubles."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QBitmap, QColor, QFont, QFontMetrics, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from desktop.canvas.body import Body, body_of
from desktop.canvas.body_paint import paint_body
from desktop.canvas.card_button import MenuButton
from desktop.canvas.glass import paint_glass
from desktop.canvas.ink import inks_of, inks_over
from desktop.canvas.label import Label, label_of
from desktop.canvas.pane import Pane
from desktop.canvas.screen import Pose, Screen, screen_of
from desktop.canvas.shadow import REACH, paint_shadow
from desktop.canvas.trouble import Trouble
from desktop.style.appearance import appearance, color
from desktop.style.tokens import TYPE

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QPaintEvent

    from desktop.canvas.view import DeviceView

_GLANCE_MS = 250
_NAMING_MS = 500
_SIGNED = ("phone", "tablet", "foldable")
_LABEL_GAP = 14
_GROUNDS = {"light": "#ffffff", "dark": "#17181b"}


class Card(QWidget):
    """Owns a view and paints the device around it; no layout, no scroll area.

    Everything is laid out from `pose` and `scale` (window px a CSS px), which is
    the stage's scale times the card's own `zoom`.
    """

    posed = Signal()
    retried = Signal()

    def __init__(
        self, view: DeviceView, pose: Pose, parent: QWidget, *, zoom: float = 1.0
    ) -> None:
        super().__init__(parent)
        self.view = view
        self.pose = pose
        self.zoom = zoom
        self.scale = zoom
        self.title = ""
        self._note = ""
        self._selected, self._seen = False, True
        view.setParent(self)
        self._glass = Pane(self, self._paint_glass)
        self._label = Label("", "", 0, 0)
        self._inks = inks_of(pose.scheme)
        self._glance = QTimer(self, singleShot=True, interval=_GLANCE_MS)
        self._glance.timeout.connect(self._look)
        self._naming = QTimer(self, singleShot=True, interval=_NAMING_MS)
        self._naming.timeout.connect(self._name_page)
        self.menu = MenuButton(self)
        self.trouble = Trouble(self)
        self.trouble.retried.connect(self._on_retried)
        view.state_changed.connect(self._on_state)
        view.prepared.connect(self._on_prepared)
        view.feed.applied.connect(self._look_soon)
        view.page().boxed.connect(self._look_soon)
        appearance().changed.connect(self.update)
        self.set_pose(pose)

    @property
    def body(self) -> Body:
        """The body around the screen, turned as it is held."""
        return body_of(self.pose.device, self.pose.orientation)

    @property
    def screen_shown(self) -> Screen:
        """What the page is told."""
        return screen_of(self.pose)

    def set_pose(self, pose: Pose) -> None:
        """Be another device, or hold it otherwise; the page stays."""
        self.pose = pose
        device = pose.device
        self.setAccessibleName(f"{device.name}, {self._numbers()}")
        if self.view.state == "ready":
            self._naming.start()
        self.view.page().setBackgroundColor(QColor(_GROUNDS[pose.scheme]))
        self._lay_out()
        self._look_soon()
        self.posed.emit()

    def set_title(self, title: str) -> None:
        """What a browser's bar shows; painting costs frames, so only if it is new."""
        if title != self.title:
            self.title = title
            self._glass.renew()
            self.update()

    def set_scale(self, scale: float) -> None:
        """Zoom, without the page noticing."""
        if scale * self.zoom != self.scale:
            self.scale = scale * self.zoom
            self._lay_out()

    def set_zoom(self, zoom: float) -> None:
        """Stand so much smaller or larger than the others."""
        stage_scale, self.zoom = self.scale / self.zoom, zoom
        self.set_scale(stage_scale)
        self.posed.emit()

    def set_note(self, note: str) -> None:
        """What is shown here that is not the widget's own: "Inline · Deutsch"."""
        if note != self._note:
            self._note = note
            self._lay_out()

    @property
    def lacks(self) -> tuple[str, ...]:
        """What its page cannot be made to see; nothing where it is emulated truly."""
        emulation = self.view.emulation
        return emulation.lacks(self.screen_shown) if emulation is not None else ()

    def set_selected(self, *, on: bool) -> None:
        """Wear a ring, or not."""
        if on != self._selected:
            self._selected = on
            self.menu.setVisible(on or self.underMouse())
            self.update()

    @property
    def is_selected(self) -> bool:
        """Whether it wears the ring."""
        return self._selected

    def set_seen(self, *, on: bool) -> None:
        """Whether any of it is in view; a page that is not rests."""
        if on != self._seen:
            self._seen = on
            self.view.setVisible(on and not self.trouble.sentence)

    def size_at(self, scale: float) -> QSize:
        """How large the card is at a scale, with its shadow; its label lies on that."""
        width, height = self._outer()
        scale *= self.zoom
        return QSize(
            round(width * scale) + 2 * REACH,
            round(height * scale) + 2 * REACH,
        )

    @property
    def fixed(self) -> QSize:
        """The part of the size that does not scale."""
        return QSize(2 * REACH, 2 * REACH)

    def body_rect(self) -> QRect:
        """The body's outside in the card's own coordinates."""
        width, height = self._outer()
        size = QSize(round(width * self.scale), round(height * self.scale))
        return QRect(QPoint(REACH, REACH), size)

    def screen_rect(self) -> QRect:
        """Where the whole screen lies in the card, bars included."""
        body, margins, scale = self.body_rect(), self.body.margins, self.scale
        screen = self.screen_shown
        return QRect(
            round(body.left() + margins.left * scale),
            round(body.top() + margins.top * scale),
            max(1, int(screen.screen_width * scale)),
            max(1, int(screen.screen_height * scale)),
        )

    def from_page(self, rect: QRectF) -> QRectF:
        """A rectangle of the page's viewport in the card's coordinates."""
        origin = self.view.geometry().topLeft()
        return QRectF(
            origin.x() + rect.x() * self.scale,
            origin.y() + rect.y() * self.scale,
            rect.width() * self.scale,
            rect.height() * self.scale,
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shadow, label, body; the page and its glass are children above."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_shadow(painter)
        self._paint_label(painter)
        if self._selected:
            self._paint_ring(painter)
        outside = self.body_rect()
        painter.translate(outside.topLeft())
        painter.scale(self.scale, self.scale)
        turned = self.pose.device.turned(self.pose.orientation)
        width, height = self._outer()
        paint_body(
            painter,
            self.body,
            QRectF(0, 0, width, height),
            self.pose.scheme,
            turned=turned,
            title=self.title,
        )

    def enterEvent(self, event: QEnterEvent) -> None:
        """The menu shows where the mouse is."""
        self.menu.show()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And goes with it."""
        self.menu.setVisible(self._selected or self.menu.is_open)
        super().leaveEvent(event)

    def shutdown(self) -> None:
        """Let the page go."""
        self.view.shutdown()

    def _outer(self) -> tuple[int, int]:
        screen = self.screen_shown
        return self.body.size(screen.screen_width, screen.screen_height)

    def _lay_out(self) -> None:
        screen = self.screen_shown
        self.resize(self.size_at(self.scale / self.zoom))
        at = self.screen_rect()
        self.view.setGeometry(self._page_rect(at, screen))
        self.view.set_screen(screen, self.scale)
        self._mask()
        self._put_label()
        self._glass.setGeometry(self.body_rect())
        self._glass.renew()
        self._glass.raise_()
        self.menu.raise_()
        self.update()

    def _page_rect(self, at: QRect, screen: Screen) -> QRect:
        """The page's part of the screen, and of bars and keyboard their first px.

        Those are painted over it, so that no gap of less than a px shows between them.
        """
        top = floor(screen.top * self.scale)
        end = screen.top + screen.height
        bottom = ceil(end * self.scale) + (end < screen.screen_height)
        return QRect(at.left(), at.top() + top, at.width(), bottom - top) & at

    def _mask(self) -> None:
        """Cut the page's corners a little inside what the glass covers smoothly.

        Whatever lies in the page's place is cut as it is.
        """
        self.trouble.setGeometry(self.view.geometry())
        body, screen = self.body, self.screen_rect()
        radius = (body.screen_radius or body.radius) * self.scale - 1.5
        if radius < 1:
            self.view.clearMask()
            self.trouble.clearMask()
            return
        mask = QBitmap(screen.size())
        mask.fill(Qt.GlobalColor.color0)
        painter = QPainter(mask)
        painter.setBrush(Qt.GlobalColor.color1)
        painter.setPen(Qt.PenStyle.NoPen)
        top = -2 * radius if body.make == "window" else 0.0
        painter.drawRoundedRect(
            QRectF(mask.rect()).adjusted(0, top, 0, 0), radius, radius
        )
        painter.end()
        shift = screen.topLeft() - self.view.geometry().topLeft()
        region = QRegion(mask).translated(shift)
        self.view.setMask(region)
        self.trouble.setMask(region)

    def _paint_glass(self, painter: QPainter) -> None:
        """What lies over the page, from the body's corner on."""
        outside, at = self.body_rect(), self.screen_rect()
        painter.scale(self.scale, self.scale)
        # The page's own whole pixels, lest its edge shows between glass and body.
        screen = QRectF(
            (at.left() - outside.left()) / self.scale,
            (at.top() - outside.top()) / self.scale,
            at.width() / self.scale,
            at.height() / self.scale,
        )
        paint_glass(painter, self.pose, self.body, screen, self._inks, self.title)

    def _paint_shadow(self, painter: QPainter) -> None:
        radius = self.body.radius * self.scale
        dark = appearance().tokens.dark
        paint_shadow(painter, self.body_rect(), radius, dark=dark)

    def _paint_label(self, painter: QPainter) -> None:
        label = self._label
        painter.setFont(self._label_font())
        line = self.body_rect().top() - _LABEL_GAP
        painter.setPen(color("accent_text" if self._selected else "text_muted"))
        painter.drawText(label.left, line, label.name)
        painter.setPen(color("text_faint"))
        painter.drawText(label.left + label.name_width, line, label.facts)

    def _paint_ring(self, painter: QPainter) -> None:
        painter.setPen(QPen(color("accent"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        around = QRectF(self.body_rect()).adjusted(-5, -5, 5, 5)
        radius = self.body.radius * self.scale + 5
        painter.drawRoundedRect(around, radius, radius)

    def _label_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(TYPE["body"])
        font.setWeight(QFont.Weight.Medium)
        return font

    def _put_label(self) -> None:
        name, numbers = self.pose.device.name, self._numbers()
        facts = [] if numbers.replace(" ", "") in name else [numbers]
        facts += [self._note] if self._note else []
        if self.view.emulation is not None and not self.view.exact:
            facts.append("approximate")
        self.setToolTip(_lack(self.lacks))
        metrics = QFontMetrics(self._label_font())
        room = self.width() - MenuButton.SIDE - 16
        self._label = label_of(name, facts, metrics, room)
        top = self.body_rect().top() - _LABEL_GAP - metrics.ascent() // 2
        self.menu.move(self._label.right + 4, top - MenuButton.SIDE // 2 + 1)

    def _numbers(self) -> str:
        screen = self.screen_shown
        return f"{screen.screen_width} × {screen.screen_height}"

    def _look_soon(self) -> None:
        """The page may be of another lightness now; see when it has settled."""
        if self.pose.device.kind in _SIGNED:
            self._glance.start()

    def _look(self) -> None:
        if self.view.state == "ready" and self.view.isVisible():
            inks = inks_over(self.view.grab().toImage(), self.screen_shown)
            if inks != self._inks:
                self._inks = inks
                self._glass.renew()

    def _name_page(self) -> None:
        """Say which page has the keys.

        Not while the app starts: PySide loads every kind of widget, 30 ms, to name
        what Qt made itself.
        """
        page = self.view.focusProxy()
        if page is not None:
            page.setAccessibleName(f"The page on {self.pose.device.name}")

    def _on_state(self, state: str, sentence: str) -> None:
        if state == "ready":
            self._naming.start()
        self.trouble.show_sentence(sentence)
        self.view.setVisible(self._seen and not sentence)
        self._look_soon()

    def _on_prepared(self) -> None:
        before = self._label
        self._put_label()
        if self._label != before:
            self.update()

    def _on_retried(self) -> None:
        self.retried.emit()
        self.view.retry()


def _lack(lacks: tuple[str, ...]) -> str:
    if not lacks:
        return ""
    return (
        "Approximate: the width is right, but without the engine's tools the page "
        f"does not see its {_listed(lacks)}."
    )


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
