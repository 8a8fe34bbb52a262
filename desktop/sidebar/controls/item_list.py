"""A list of things that can be added to, sorted and edited in place.

Each row keeps its own draft; what the list tells is made of the last drafts that kept
the rules, so one half-typed row never holds up the others.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.sidebar.controls.control import Control
from desktop.sidebar.controls.item_stack import ItemStack
from desktop.sidebar.controls.item_words import counted, words_of
from desktop.style.icons import icon
from exporter.checking import findings_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from desktop.sidebar.controls.control import Lookup
    from desktop.sidebar.controls.item_row import ItemRow
    from exporter.contract.specs import SettingSpec


class ItemList(Control):
    """What every list control shares; a subclass says what a row is.

    It overrides `make_row` and `new_item`, and where the value is no list of items,
    `items_of` and `value_of`. `noun` is one thing, `nothing` what the empty list says,
    `takes_files` whether it looks like a place to drop something.
    """

    wide = True
    noun: ClassVar[str] = "item"
    nothing: ClassVar[str] = "Nothing here yet."
    takes_files: ClassVar[bool] = False

    def __init__(
        self,
        spec: SettingSpec,
        lookup: Lookup | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(spec, lookup, parent)
        self._told: Any = deepcopy(spec.default)
        self._build()
        self.set_value(spec.default)

    # What a subclass says.

    def make_row(self) -> ItemRow:
        """A row that shows nothing yet."""
        raise NotImplementedError

    def new_item(self) -> Any:
        """What a fresh row holds."""
        raise NotImplementedError

    def items_of(self, value: Any) -> list[Any]:
        """The items of a setting's value."""
        return list(value)

    def value_of(self, items: Sequence[Any]) -> Any:
        """The setting's value of some items."""
        return list(items)

    def is_blank(self, item: Any) -> bool:
        """Whether an item is a fresh row that nobody has filled in yet."""
        return False

    def problems(self, items: Sequence[Any]) -> dict[int, str]:
        """What is wrong with which item, in words."""
        found: dict[int, str] = {}
        for finding in findings_for(self.spec, self.value_of(items)):
            index, _, field = finding.path.partition(".")
            if index.isdigit():
                words = words_of(finding, field.split(".")[0] or self.noun)
                found.setdefault(int(index), words)
        return found

    # What every control has.

    def value(self) -> Any:
        return deepcopy(self._told)

    def show_value(self, value: Any) -> None:
        self._told = deepcopy(value)
        self._match_rows(self.items_of(value))
        self._refresh()

    # What a person does.

    @property
    def _rows(self) -> list[ItemRow]:
        return self._stack.rows

    @property
    def rows(self) -> tuple[ItemRow, ...]:
        """The rows as they stand."""
        return tuple(self._rows)

    @property
    def limit(self) -> int:
        """How many items the setting takes."""
        return self.spec.max_length or 10_000

    def add_new(self) -> None:
        """Add a fresh row at the end and put the cursor into it."""
        self._insert(len(self._rows), self.new_item())

    def add_items(self, items: Iterable[Any], at: int | None = None) -> int:
        """Add several as one step; answers how many found room."""
        self.end()
        room = max(self.limit - len(self._rows), 0)
        taken = [item for _, item in zip(range(room), items, strict=False)]
        place = len(self._rows) if at is None else at
        for offset, item in enumerate(taken):
            self._place_row(place + offset, item)
        self._tell()
        return len(taken)

    def remove(self, row: ItemRow) -> None:
        """Take a row away; the focus goes to its neighbour."""
        self.end()
        place = self._rows.index(row)
        had_focus = row.is_looked_at()
        self._stack.take(row)
        self._tell()
        if not had_focus:
            return
        if self._rows:
            self._rows[min(place, len(self._rows) - 1)].focus_field()
        else:
            self.adder.setFocus()

    def duplicate(self, row: ItemRow) -> None:
        """Add the same again, below."""
        self._insert(self._rows.index(row) + 1, self.copied_item(row.draft()))

    def copied_item(self, item: Any) -> Any:
        """What a duplicate holds."""
        return deepcopy(item)

    def move_row(self, row: ItemRow, by: int) -> None:
        """Move a row up (-1) or down (1), keeping the focus where it is."""
        place = self._rows.index(row) + by
        if not 0 <= place < len(self._rows):
            return
        self.end()
        self._stack.move_to(row, place)
        self._tell()

    def say(self, words: str) -> None:
        """Tell something below the list, until the next change."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    # Telling.

    def _tell(self) -> None:
        """Check every row, remember what is right, and say it if it is new."""
        self.say("")
        drafts = [row.draft() for row in self._rows]
        problems = self.problems(drafts)
        for index, row in enumerate(self._rows):
            if self.is_blank(drafts[index]):
                row.valid = None
                row.show_problem("")
                continue
            row.show_problem(problems.get(index, ""))
            if index not in problems:
                row.valid = drafts[index]
        valid = [row.valid for row in self._rows if row.valid is not None]
        value = self.value_of(valid)
        fresh = value != self._told and not findings_for(self.spec, value)
        if fresh:
            self._told = deepcopy(value)
        self._refresh()
        if fresh:
            self.commit(value)

    def _on_edited(self) -> None:
        if not self._quiet:
            self.begin()
            self._tell()

    def _refresh(self) -> None:
        count, full = len(self._rows), len(self._rows) >= self.limit
        self.empty.setVisible(count == 0)
        self._stack.setVisible(count > 0)
        self.adder.setEnabled(not full)
        self.counter.setText(self._count_words(count))
        self.counter.setVisible(count * 2 >= self.limit)

    def _count_words(self, count: int) -> str:
        if count >= self.limit:
            return f"{counted(self.limit, self.noun)} at most"
        return f"{count} of {self.limit}"

    # Rows.

    def _insert(self, place: int, item: Any) -> None:
        if len(self._rows) >= self.limit:
            self.say(
                f"{counted(self.limit, self.noun).capitalize()} are the most; "
                "delete one to add another."
            )
            return
        self.end()
        row = self._place_row(place, item)
        self._tell()
        row.focus_field()

    def _place_row(self, place: int, item: Any) -> ItemRow:
        row = self._made_row()
        self._show(row, item)
        self._stack.insert(place, row)
        return row

    def _show(self, row: ItemRow, item: Any) -> None:
        with self.quietly():
            row.show_item(item)
        row.valid = None if self.is_blank(item) else deepcopy(item)
        row.show_problem("")

    def _match_rows(self, items: list[Any]) -> None:
        """Keep a row for each item that it shows already, so that focus stays."""
        spare = list(self._rows)
        kept: list[ItemRow | None] = []
        for item in items:
            same = next((row for row in spare if row.valid == item), None)
            if same is not None:
                spare.remove(same)
            kept.append(same)
        rows: list[ItemRow] = []
        for item, same in zip(items, kept, strict=True):
            row = same or (spare.pop(0) if spare else self._appended_row())
            if row.valid is None or row.draft() != item:
                self._show(row, item)
            row.valid = deepcopy(item)
            rows.append(row)
        for row in spare:
            self._stack.take(row)
        self._stack.order(rows)

    def _appended_row(self) -> ItemRow:
        row = self._made_row()
        self._stack.insert(len(self._rows), row)
        return row

    def _made_row(self) -> ItemRow:
        row = self.make_row()
        row.edited.connect(self._on_edited)
        row.finished.connect(self.end)
        row.removed.connect(lambda: self.remove(row))
        row.duplicated.connect(lambda: self.duplicate(row))
        row.moved.connect(lambda by: self.move_row(row, by))
        row.stepped.connect(lambda by: self._step(row, by))
        row.entered.connect(lambda: self._on_entered(row))
        return row

    def _step(self, row: ItemRow, by: int) -> None:
        place = self._rows.index(row) + by
        if 0 <= place < len(self._rows):
            self._rows[place].focus_field()

    def _on_entered(self, row: ItemRow) -> None:
        place = self._rows.index(row) + 1
        if place < len(self._rows):
            self._rows[place].focus_field()
        elif not self.is_blank(row.draft()):
            self.add_new()

    # Building.

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._head = QVBoxLayout()
        self._head.setSpacing(4)
        column.addLayout(self._head)
        self._stack = ItemStack(self)
        self._stack.drag_began.connect(self.end)
        self._stack.drag_ended.connect(self._tell)
        column.addWidget(self._stack)
        self.empty = self._empty_part()
        column.addWidget(self.empty)
        self.notice = QLabel(self)
        self.notice.setProperty("class", "caption")
        self.notice.setWordWrap(True)
        self.notice.hide()
        column.addWidget(self.notice)
        column.addLayout(self._foot())
        self.setFocusProxy(self.adder)

    def _empty_part(self) -> QFrame:
        frame = QFrame(self)
        words = QLabel(self.nothing, frame)
        words.setProperty("class", "caption")
        words.setWordWrap(True)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(words)
        if self.takes_files:
            frame.setProperty("class", "drop")
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.setContentsMargins(16, 12, 16, 12)
        return frame

    def _foot(self) -> QHBoxLayout:
        self.adder = QPushButton(icon("plus", "text_muted"), f"Add {self.noun}", self)
        self.adder.setProperty("class", "quiet add")
        self.adder.clicked.connect(self.add_new)
        self.counter = QLabel(self)
        self.counter.setProperty("class", "caption")
        self._foot_row = QHBoxLayout()
        self._foot_row.setContentsMargins(0, 0, 4, 0)
        self._foot_row.addWidget(self.adder)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.counter)
        return self._foot_row
