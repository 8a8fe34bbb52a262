"""The library's widgets: save, find, sort into folders, throw away and bring back.

Every method is one transaction, may be called from any thread and raises StoreError;
what is not there raises Gone. Reads belong into a task; writes go through the
store's queue. `desktop.store.history` has the revisions.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, func, select, update

from desktop.errors import StoreError
from desktop.store import finding
from desktop.store.history import remember
from desktop.store.names import copy_name, folder_name, stem
from desktop.store.rows import (
    ALL,
    PAGE,
    Counts,
    FolderRow,
    Page,
    Picture,
    Place,
    WidgetRow,
)
from desktop.store.tables import (
    AppState,
    Folder,
    Thumbnail,
    WidgetCount,
    WidgetRecord,
)
from exporter.contract.widget import new_key
from exporter.files import parse_widget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sqlalchemy import ColumnElement
    from sqlalchemy.orm import Session

    from desktop.store.database import Database
    from exporter.contract.widget import Widget

_LAST_OPEN = "last_open"
_SEEDED = "seeded"
_NEVER = datetime.fromtimestamp(0, UTC)


class Gone(StoreError):
    """What was asked for is not in the library any more."""

    def __init__(self, what: str = "This widget") -> None:
        super().__init__(
            f"{what} is not in the library any more.", "Look for it in the trash."
        )


def config_of(widget: Widget) -> str:
    """The widget as the library keeps it: the file's values without its blanks."""
    return json.dumps(widget.plain(), ensure_ascii=False, separators=(",", ":"))


class Library:
    """Asks and changes one database; `clock` gives the time, aware."""

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.database = database
        self._clock = clock

    # Widgets

    def widget(self, key: str) -> Widget:
        """The widget of that key, in the trash too; raises InputError if damaged."""
        with self.database.reading() as session:
            config = session.scalar(
                select(WidgetRecord.config).where(WidgetRecord.key == key)
            )
        if config is None:
            raise Gone
        return parse_widget(json.loads(config))

    def updated(self, key: str) -> datetime | None:
        """When a widget was last saved; None where there is none."""
        with self.database.reading() as session:
            return session.scalar(
                select(WidgetRecord.updated_at).where(WidgetRecord.key == key)
            )

    def save(
        self, widget: Widget, *, folder: int | None = None, fresh: bool = False
    ) -> None:
        """Keep a widget as it is now; a new one goes into `folder`.

        A pause in editing, or `fresh`, makes what it was before a revision.
        """
        config, now = config_of(widget), self._clock()
        with self.database.writing() as session:
            record = _record(session, widget.key)
            if record is None:
                session.add(_new_record(config, folder, now))
            elif record.config != config:
                remember(session, record, now, fresh=fresh)
                record.config, record.updated_at = config, now

    def seed(self, widgets: Iterable[Widget]) -> bool:
        """Put these into a library that never had any; whether it did.

        Once is once: what a person deleted does not come back.
        """
        with self.database.writing() as session:
            if session.get(AppState, _SEEDED) is not None:
                return False
            session.add(AppState(name=_SEEDED, value="true"))
            if session.scalar(select(func.count()).select_from(WidgetRecord)):
                return False
            for widget in widgets:
                copy = widget.model_copy(update={"key": new_key()})
                session.add(_new_record(config_of(copy), None, self._clock()))
        return True

    def add_copy(self, widget: Widget, *, folder: int | None = None) -> Widget:
        """Keep `widget` under a key of its own, whatever the library has already."""
        copy = widget.model_copy(update={"key": new_key()})
        self.save(copy, folder=folder)
        return copy

    def duplicate(self, key: str) -> Widget:
        """A second widget like the first, beside it."""
        widget = self.widget(key)
        with self.database.reading() as session:
            folder = session.scalar(
                select(WidgetRecord.folder_id).where(WidgetRecord.key == key)
            )
            names = set(session.scalars(_named_like(widget.name)))
        name = copy_name(widget.name, names)
        return self.add_copy(widget.model_copy(update={"name": name}), folder=folder)

    def rename(self, key: str, name: str) -> Widget:
        """Give a widget another name; raises InputError for one that breaks a rule."""
        raw = {**self.widget(key).plain(), "name": name}
        widget = parse_widget(raw)
        self.save(widget)
        return widget

    # Lists

    def page(self, place: Place = ALL, after: WidgetRow | None = None) -> Page:
        """The first rows of a place, newest first, or those after a row."""
        with self.database.reading() as session:
            return finding.page(session, place, after)

    def search(self, words: str, place: Place = ALL, most: int = PAGE) -> Page:
        """Widgets whose name or texts hold words that begin like these.

        Without words the first `most` of the place.
        """
        with self.database.reading() as session:
            if not words.strip():
                return finding.page(session, place, most=most)
            return finding.search(session, words, place)

    def counts(self) -> Counts:
        """How many widgets there are."""
        query = select(WidgetCount.trashed, func.sum(WidgetCount.widgets))
        with self.database.reading() as session:
            rows = session.execute(query.group_by(WidgetCount.trashed))
            found = dict(rows.all())
        return Counts(found.get(False, 0), found.get(True, 0))

    # Folders

    def folders(self) -> tuple[FolderRow, ...]:
        """All folders by name."""
        inside = and_(WidgetCount.folder_id == Folder.id, ~WidgetCount.trashed)
        query = (
            select(Folder.id, Folder.name, func.coalesce(WidgetCount.widgets, 0))
            .outerjoin(WidgetCount, inside)
            .order_by(Folder.name)
        )
        with self.database.reading() as session:
            return tuple(FolderRow(*row) for row in session.execute(query))

    def add_folder(self, name: str) -> int:
        """Make a folder, or find the one of that name; answers its id."""
        name = folder_name(name)
        with self.database.writing() as session:
            found = session.scalar(select(Folder.id).where(Folder.name == name))
            if found is not None:
                return found
            folder = Folder(name=name)
            session.add(folder)
            session.flush()
            return folder.id

    def rename_folder(self, folder: int, name: str) -> None:
        """Give a folder another name; one that is taken is refused."""
        name = folder_name(name)
        with self.database.writing() as session:
            other = session.scalar(
                select(Folder.id).where(Folder.name == name, Folder.id != folder)
            )
            if other is not None:
                raise StoreError(
                    f"There is a folder “{name}” already.", "Choose another name."
                )
            session.execute(update(Folder).where(Folder.id == folder).values(name=name))

    def remove_folder(self, folder: int) -> None:
        """Remove a folder; its widgets stay, in none."""
        with self.database.writing() as session:
            inside = WidgetRecord.folder_id == folder
            session.execute(update(WidgetRecord).where(inside).values(folder_id=None))
            session.execute(delete(Folder).where(Folder.id == folder))

    def move(self, keys: Iterable[str], folder: int | None) -> None:
        """Put widgets into a folder, or into none."""
        with self.database.writing() as session:
            if folder is not None and session.get(Folder, folder) is None:
                raise Gone("This folder")
            session.execute(_change(keys).values(folder_id=folder))

    # Trash

    def trash(self, keys: Iterable[str]) -> None:
        """Put widgets into the trash, from where they can come back."""
        with self.database.writing() as session:
            session.execute(_change(keys).values(trashed_at=self._clock()))

    def untrash(self, keys: Iterable[str]) -> None:
        """Bring widgets back to where they were."""
        with self.database.writing() as session:
            session.execute(_change(keys).values(trashed_at=None))

    def purge(self, keys: Iterable[str] | None = None) -> tuple[str, ...]:
        """Delete widgets of the trash for good (all of it for None); their keys."""
        inside: ColumnElement[bool] = WidgetRecord.trashed_at.is_not(None)
        if keys is not None:
            inside = and_(inside, WidgetRecord.key.in_(list(keys)))
        with self.database.writing() as session:
            gone = tuple(session.scalars(select(WidgetRecord.key).where(inside)))
            session.execute(delete(WidgetRecord).where(inside))
        return gone

    # Pictures

    def pictures(self, keys: Sequence[str]) -> tuple[Picture, ...]:
        """How these widgets look, in no order; those that are gone are left out."""
        query = (
            select(
                WidgetRecord.key,
                Thumbnail.png,
                Thumbnail.updated_at == WidgetRecord.updated_at,
                # A config may hold megabytes of fonts: read where it is needed.
                func.iif(Thumbnail.png.is_(None), WidgetRecord.config, None),
            )
            .outerjoin(Thumbnail, Thumbnail.widget_id == WidgetRecord.id)
            .where(WidgetRecord.key.in_(keys))
        )
        with self.database.reading() as session:
            return tuple(
                Picture(key, png, bool(fresh), json.loads(config) if config else None)
                for key, png, fresh, config in session.execute(query)
            )

    def set_thumbnail(self, widget: Widget, png: bytes) -> None:
        """Keep a picture of `widget`; it is fresh only if that is its state now."""
        config = config_of(widget)
        with self.database.writing() as session:
            record = _record(session, widget.key)
            if record is None:
                return
            shows = record.updated_at if record.config == config else _NEVER
            session.merge(Thumbnail(widget_id=record.id, png=png, updated_at=shows))

    # State

    def last_open(self) -> str | None:
        """The key of the widget that was open last."""
        with self.database.reading() as session:
            state = session.get(AppState, _LAST_OPEN)
            return json.loads(state.value) if state else None

    def set_last_open(self, key: str | None) -> None:
        """Remember which widget is open."""
        with self.database.writing() as session:
            session.merge(AppState(name=_LAST_OPEN, value=json.dumps(key)))


def _record(session: Session, key: str) -> WidgetRecord | None:
    return session.scalar(select(WidgetRecord).where(WidgetRecord.key == key))


def _new_record(config: str, folder: int | None, now: datetime) -> WidgetRecord:
    return WidgetRecord(
        config=config,
        folder_id=folder,
        created_at=now,
        updated_at=now,
        revision_at=now,
        revision=1,
    )


def _change(keys: Iterable[str]) -> Any:
    return update(WidgetRecord).where(WidgetRecord.key.in_(list(keys)))


def _named_like(name: str) -> Any:
    return select(WidgetRecord.name).where(
        WidgetRecord.name.startswith(stem(name), autoescape=True)
    )
