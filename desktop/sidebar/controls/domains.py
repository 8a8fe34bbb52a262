"""Allowed sites: each checked while it is typed, with what it covers in words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from desktop.sidebar.controls.item_list import ItemList
from desktop.sidebar.controls.item_row import ItemRow
from desktop.sidebar.controls.paste_edit import PasteEdit
from desktop.sidebar.controls.site_rules import (
    companion,
    covers,
    host_of,
    read_sites,
)
from exporter.contract.domains import DomainRule, parse_rule

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


class DomainRow(ItemRow):
    """One rule; below it, while one looks at it, what it covers."""

    def __init__(self, sites: Domains) -> None:
        super().__init__(movable=False, menu=False)
        self._sites = sites
        self.field = PasteEdit(self)
        self.field.setPlaceholderText("shop.example")
        self.field.setAccessibleName("Site")
        self.field.setMaxLength(2048)
        self.field.takes_all = lambda text: "://" in text or len(text.split()) > 1
        self.head.setContentsMargins(4, 3, 4, 3)
        self.add_field(self.field, 1)
        self._add_hint()
        self.watch(self.field)
        self.finished.connect(self._show_normal_form)

    def draft(self) -> str:
        rule = self._rule()
        return self.field.text().strip() if rule is None else str(rule)

    def show_item(self, item: Any) -> None:
        if self.draft() != item or not item:
            self.field.setText(item)

    def focus_field(self) -> None:
        self.field.setFocus()

    def refresh_hint(self, listed: Collection[str]) -> None:
        """Say what the rule covers, and offer the one that is often forgotten."""
        rule = self._rule()
        shown = rule is not None and (self.is_looked_at() or rule.subdomains)
        other = None
        if rule is not None and shown:
            typed, normal = self.field.text().strip(), str(rule)
            kept = f"Kept as {normal}. " if typed != normal else ""
            self.hint.setText(kept + covers(rule))
            other = companion(rule, listed)
        if other is not None:
            self.offer.setText(f"Add {other} too")
        # Each only once: hiding what the pointer is on sends it into the row anew,
        # which asks for this again.
        self.hint.setVisible(shown)
        self.offer.setVisible(other is not None)

    def _rule(self) -> DomainRule | None:
        return _rule_of(self.field.text())

    def _show_normal_form(self) -> None:
        rule = self._rule()
        if rule is not None and self.field.text() != str(rule):
            self.field.setText(str(rule))
            self._sites.refresh_hints()

    def _add_hint(self) -> None:
        self.hint = QLabel(self)
        self.hint.setProperty("class", "caption")
        self.hint.setWordWrap(True)
        self.hint.setContentsMargins(12, 0, 8, 6)
        self.offer = QPushButton(self)
        self.offer.setProperty("class", "link small")
        self.offer.clicked.connect(self._on_offer)
        line = QHBoxLayout()
        line.setContentsMargins(3, 0, 8, 0)
        line.addWidget(self.offer)
        line.addStretch(1)
        self._column.addWidget(self.hint)
        self._column.addLayout(line)
        self.hint.hide()
        self.offer.hide()

    def _on_offer(self) -> None:
        rule = self._rule()
        other = rule and companion(rule, self._sites.listed())
        if other:
            self._sites.add_beside(self, other)

    def _repaint_buttons(self) -> None:
        super()._repaint_buttons()
        if hasattr(self, "hint"):
            self.refresh_hint(self._sites.listed())


class Domains(ItemList):
    """The list of allowed sites."""

    noun = "site"
    nothing = "None yet: the widget runs in this preview only."

    def make_row(self) -> DomainRow:
        row = DomainRow(self)
        row.field.lines_pasted.connect(lambda text: self._on_pasted(row, text))
        return row

    def new_item(self) -> str:
        return ""

    def is_blank(self, item: Any) -> bool:
        return not item

    def listed(self) -> list[str]:
        """The rules as they stand."""
        return list(self._told)

    def problems(self, items: Sequence[Any]) -> dict[int, str]:
        found: dict[int, str] = {}
        for place, item in enumerate(items):
            if item and item in items[:place]:
                found[place] = f"{item} is listed already."
                continue
            try:
                parse_rule(item)
            except ValueError as error:
                found[place] = f"“{item[:60]}” {error}."
        return found

    def add_beside(self, row: DomainRow, rule: str) -> None:
        """Add the rule that was offered, below the one it belongs to."""
        self.add_items([rule], self._rows.index(row) + 1)
        row.focus_field()

    def refresh_hints(self) -> None:
        """Say again what each rule covers."""
        for row in self._rows:
            if isinstance(row, DomainRow):
                row.refresh_hint(self._told)

    def _refresh(self) -> None:
        super()._refresh()
        self.refresh_hints()

    def _on_pasted(self, row: DomainRow, text: str) -> None:
        pasted = read_sites(text, self.limit)
        new = [rule for rule in pasted.rules if rule not in self._told]
        if new and self.is_blank(row.draft()):
            row.field.setText(new[0])
            taken = 1 + self.add_items(new[1:], self._rows.index(row) + 1)
        else:
            taken = self.add_items(new, self._rows.index(row) + 1)
        self.say(_paste_words(pasted.addresses, len(new), taken, pasted.refused))


def _paste_words(addresses: int, new: int, taken: int, refused: Sequence[str]) -> str:
    words = []
    if addresses:
        several = "an address" if addresses == 1 else f"{addresses:,} addresses"
        words.append(f"Took the host out of {several}.")
    if taken < new:
        words.append(f"{taken} of {new:,} sites fit.")
    elif not new:
        words.append("Nothing new in there.")
    if refused:
        rest = f" and {len(refused) - 1:,} more" if len(refused) > 1 else ""
        words.append(f"“{refused[0]}”{rest} is no site.")
    return " ".join(words)


@lru_cache(maxsize=1024)
def _rule_of(text: str) -> DomainRule | None:
    try:
        return parse_rule(host_of(text))
    except ValueError:
        return None
