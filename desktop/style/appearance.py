"""Light or dark: the system's choice or the person's, and who has to repaint."""

from __future__ import annotations

from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from desktop.style.sheet import style_sheet
from desktop.style.tokens import DARK, LIGHT, MOTION, TYPE, Tokens

Mode = Literal["auto", "light", "dark"]
MODES: tuple[Mode, ...] = ("auto", "light", "dark")
_NAME = "appearance"


class Appearance(QObject):
    """The application's one scheme; `changed` when any colour may differ."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "auto") -> None:
        super().__init__(app)
        self.setObjectName(_NAME)
        self._app = app
        self._mode: Mode = mode
        self._tokens: Tokens | None = None
        self._reduced: bool | None = None
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        font.setPixelSize(TYPE["body"])
        app.setFont(font)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._refresh()

    @property
    def mode(self) -> Mode:
        """What was asked for: "auto" follows the system."""
        return self._mode

    @property
    def tokens(self) -> Tokens:
        """The colours to paint with now."""
        return self._tokens or LIGHT

    @property
    def reduced_motion(self) -> bool:
        """Whether the system asks for no animation."""
        if self._reduced is None:
            # Imported when something moves: subprocess is slow to import.
            from desktop.style.motion import system_reduces_motion

            self._reduced = system_reduces_motion()
        return self._reduced

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._reduced = reduced

    @property
    def motion(self) -> int:
        """How long a movement takes, in ms; 0 where none is wanted."""
        return 0 if self.reduced_motion else MOTION

    def set_mode(self, mode: Mode) -> None:
        """Show light, dark, or what the system shows."""
        self._mode = mode
        self._refresh()

    def _on_scheme_changed(self) -> None:
        if self._mode == "auto":
            self._refresh()

    def _refresh(self) -> None:
        tokens = DARK if self._is_dark() else LIGHT
        if tokens is self._tokens:
            return
        self._tokens = tokens
        self._app.setPalette(_palette(tokens))
        self._app.setStyleSheet(style_sheet(tokens))
        self.changed.emit()

    def _is_dark(self) -> bool:
        if self._mode != "auto":
            return self._mode == "dark"
        return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def appearance() -> Appearance:
    """The running application's appearance, made when first asked for."""
    app = cast("QApplication", QApplication.instance())
    found = app.findChild(Appearance, _NAME, Qt.FindChildOption.FindDirectChildrenOnly)
    return found if found is not None else Appearance(app)


def tokens() -> Tokens:
    """The colours to paint with now."""
    return appearance().tokens


def color(role: str) -> QColor:
    """The colour of one token now; raises AttributeError for no token."""
    value: str = getattr(tokens(), role)
    return QColor(value)


def _palette(colors: Tokens) -> QPalette:
    role = QPalette.ColorRole
    found = QPalette()
    for name, value in {
        role.Window: colors.panel,
        role.WindowText: colors.text,
        role.Base: colors.raised,
        role.AlternateBase: colors.field,
        role.Text: colors.text,
        role.PlaceholderText: colors.text_faint,
        role.Button: colors.field,
        role.ButtonText: colors.text,
        role.BrightText: colors.danger_text,
        role.Highlight: colors.accent,
        role.HighlightedText: colors.on_accent,
        role.Accent: colors.accent,
        role.Link: colors.accent_text,
        role.ToolTipBase: colors.tooltip,
        role.ToolTipText: colors.on_tooltip,
        role.Mid: colors.border,
        role.Shadow: colors.neutral[0] if colors.dark else colors.neutral[7],
    }.items():
        found.setColor(name, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(disabled, name, QColor(colors.disabled))
    return found
