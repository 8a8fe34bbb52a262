"""The body of a section: its rows, group by group, the advanced ones behind "More"."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from desktop.sidebar.row import Row
from desktop.sidebar.wording import condition_words
from desktop.style.icons import icon
from desktop.style.tokens import SPACING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from desktop.document import Change, Document
    from exporter.contract.specs import SectionSpec, SettingSpec


class Rows(QWidget):
    """Rows that show and hide as their conditions say."""

    more_shown = Signal(bool)

    def __init__(
        self,
        section: SectionSpec,
        document: Document,
        extra: Callable[[QWidget], Sequence[QWidget]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._section = section
        self._conditions = conditions_of(document)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, SPACING[2])
        self._column.setSpacing(0)
        self._nothing = self._caption()
        self._groups: list[_Group] = []
        self._more = MoreButton(self)
        self._add([spec for spec in section.settings if not spec.advanced], False)
        for widget in extra(self) if extra else ():
            self._column.addWidget(widget)
        self._column.addWidget(self._more)
        self._add([spec for spec in section.settings if spec.advanced], True)
        self._more.toggled.connect(self._on_more)
        self.show_what_applies()

    def rows(self) -> Iterator[Row]:
        """The rows made by now, in reading order."""
        for group in self._groups:
            yield from group.rows()

    def set_more(self, shown: bool) -> None:
        """Show the advanced settings, or hide them."""
        self._more.setChecked(shown)

    def uncover(self, path: str) -> None:
        """Make sure that a setting is not hidden behind "More"."""
        if any(spec.path == path and spec.advanced for spec in self._section.settings):
            self.set_more(True)

    def refresh(self, change: Change) -> None:
        """Show what changed in the document."""
        for row in self.rows():
            if not change.paths:
                row.load()
            elif row.spec.path in change.paths:
                row.refresh()
        if not change.paths or not self._conditions.isdisjoint(change.paths):
            self.show_what_applies()

    def show_what_applies(self) -> None:
        """Hide the settings that have no effect now."""
        shown = [
            group.show_what_applies(self._more.isChecked()) for group in self._groups
        ]
        self._more.setVisible(
            any(
                self._document.visible(spec.path)
                for spec in self._section.settings
                if spec.advanced
            )
        )
        nothing = not any(shown) and self._more.isHidden()
        self._nothing.setVisible(nothing)
        if nothing:
            first = self._section.settings[0].path
            self._nothing.setText(condition_words(self._document, first))

    def _add(self, specs: Sequence[SettingSpec], advanced: bool) -> None:
        loose = [spec for spec in specs if not spec.group]
        grouped = [spec for spec in specs if spec.group]
        for title, members in groupby([*loose, *grouped], lambda spec: spec.group):
            group = _Group(title, tuple(members), self._document, self, advanced)
            self._groups.append(group)
            self._column.addLayout(group.column)

    def _caption(self) -> QLabel:
        label = QLabel(self)
        label.setProperty("class", "caption group")
        label.setIndent(0)
        label.setWordWrap(True)
        self._column.addWidget(label)
        label.hide()
        return label

    def _on_more(self, shown: bool) -> None:
        self.show_what_applies()
        self.more_shown.emit(shown)


def conditions_of(document: Document) -> set[str]:
    """The settings that decide whether others show."""
    specs = document.specs.values()
    return {condition.path for spec in specs for condition in spec.shown_when}


class _Group:
    """A heading and its rows; a group's own switch, or namesake, is its heading.

    A row is made when its setting first has an effect.
    """

    def __init__(
        self,
        title: str,
        specs: tuple[SettingSpec, ...],
        document: Document,
        parent: QWidget,
        advanced: bool,
    ) -> None:
        self.specs, self.advanced = specs, advanced
        self.column = QVBoxLayout()
        self._title, self._document, self._parent = title, document, parent
        self._made: dict[str, Row] = {}
        first = specs[0]
        lone = len(specs) == 1
        self._leads = not lone and (
            first.path.endswith(".enabled") or first.title == title
        )
        self._heading: QLabel | None = None
        if title and not self._leads and not lone:
            self._heading = heading(title, parent)
            self.column.addWidget(self._heading)

    def rows(self) -> Iterator[Row]:
        """The rows made by now, in reading order."""
        for spec in self.specs:
            if spec.path in self._made:
                yield self._made[spec.path]

    def show_what_applies(self, more: bool) -> bool:
        """Hide what has no effect; whether anything is left."""
        left = False
        for spec in self.specs:
            shown = (more or not self.advanced) and self._document.visible(spec.path)
            row = self._made.get(spec.path)
            if row is None and shown:
                self._make(spec)
            elif row is not None and shown == row.isHidden():
                row.setVisible(shown)
            left = left or shown
        if self._heading is not None:
            self._heading.setVisible(left)
        return left

    def _make(self, spec: SettingSpec) -> None:
        heads = self._leads and spec is self.specs[0]
        title = self._title if heads else ""
        row = Row(spec, self._document, self._parent, title=title)
        self._made[spec.path] = row
        place = list(self.rows()).index(row) + (self._heading is not None)
        self.column.insertWidget(place, row)
        row.show()


class MoreButton(QToolButton):
    """Shows and hides the advanced settings of a section."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setProperty("class", "more")
        self.setText("More")
        self.setIconSize(QSize(14, 14))
        self.setIcon(icon("chevron-right", "text_faint"))
        self.toggled.connect(self._on_toggled)

    def _on_toggled(self, shown: bool) -> None:
        self.setText("Less" if shown else "More")
        self.setIcon(icon("chevron-down" if shown else "chevron-right", "text_faint"))


def heading(title: str, parent: QWidget) -> QLabel:
    """The name of a group of settings."""
    label = QLabel(title, parent)
    label.setProperty("class", "heading group")
    label.setIndent(0)
    return label
