"""A publication under way: done, kept for later, refused or given up, and what is said.

It works the state's sentence and the foot's buttons; what differs and what was is the
window's to show.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.export.publishing import is_conflict
from exporter.contract.errors import VitrineError, WorldError

if TYPE_CHECKING:
    from desktop.export.outbox import Outbox
    from desktop.export.publish_foot import PublishFoot
    from desktop.export.publishing import Publishing, Sight
    from desktop.export.queue import Waiting
    from desktop.export.server_form import ServerForm
    from desktop.export.state_card import StateCard
    from exporter.contract.errors import VitrineError as Error
    from exporter.publish import Published


class Publication(QObject):
    """`finished(Published)`; `queued` once it waits; `busy_changed` while it works."""

    finished = Signal(object)
    queued = Signal()
    busy_changed = Signal(bool)

    def __init__(
        self,
        publishing: Publishing,
        outbox: Outbox,
        server: ServerForm,
        card: StateCard,
        foot: PublishFoot,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._publishing, self._outbox = publishing, outbox
        self._server, self._card, self._foot = server, card, foot
        self._talking = self._sending = False
        self._connect()
        self.show_busy()

    def look(self) -> None:
        """Ask the server what it has."""
        self._card.say("Asking the server…")
        self._publishing.look(self._server.address, self._server.token.text())

    def roll_back(self, number: int) -> None:
        """Make an earlier version the newest."""
        self._card.say(f"Going back to version {number}…")
        self._publishing.roll_back(self._server.address, number)

    def show_busy(self) -> None:
        """Offer what can be done now."""
        busy = self._talking or self._sending
        self._card.cancel.setVisible(busy)
        able = not busy and _worth_it(self._publishing.sight)
        self._foot.publish.setEnabled(able)
        self.busy_changed.emit(busy)

    def _on_publish(self) -> None:
        self._card.say("Publishing…")
        live, words = self._foot.live, self._foot.words
        self._publishing.publish(self._server.address, live=live, note=words)

    def _on_published(self, done: Published) -> None:
        served = "is live" if done.live else "is staged, not served yet"
        words = f"Version {done.version} {served}. Pages follow within a minute."
        self._card.say(words, "success")
        self._foot.note.clear()
        self._foot.offer_publish()
        self._foot.publish.setEnabled(False)
        self._card.offer_page(done.script if done.live else "")
        self._publishing.sight = None
        self.finished.emit(done)

    def _on_failed(self, error: Error) -> None:
        away = isinstance(error, WorldError)
        more = " It can wait in the queue meanwhile." if away else ""
        self._card.say(f"{error}{more}", "error")
        if away:
            self._foot.offer_queue()
        else:
            sight = self._publishing.sight
            self._foot.offer_publish(foreign=sight is not None and sight.foreign)
        if is_conflict(error):
            self.look()

    def _on_cancel(self) -> None:
        publishing = self._publishing.is_publishing
        self._publishing.cancel()
        self._outbox.cancel()
        if publishing:
            self._card.say("Cancelled; looking whether the server has it already…")
            self._publishing.look(self._server.address)
        else:
            self._card.say("Cancelled.")

    def _on_take(self) -> None:
        wrong = self._publishing.take_theirs()
        if wrong:
            words = " ".join(wrong)[:300]
            self._card.say(f"It cannot be taken over: {words}", "error")

    def _on_queue(self) -> None:
        try:
            item = self._publishing.waiting(
                self._server.address,
                live=self._foot.live,
                note=self._foot.words,
                by_itself=self._foot.by_itself.checked,
            )
        except VitrineError as error:
            self._card.say(str(error), "error")
            return
        self._outbox.add(item)

    def _on_queued(self, item: Waiting) -> None:
        how = (
            "it goes by itself once the server is back"
            if item.by_itself
            else "it goes when you send it"
        )
        place = self._outbox.folder / item.place
        self._card.say(f"Saved in the queue, {place}: {how}.", "success")
        self.queued.emit()

    def _on_sent(self, item: Waiting, done: Published) -> None:
        served = "is live" if done.live else "is staged"
        words = f"Sent: {item.widget.name}, version {done.version} {served}."
        self._card.say(words, "success")
        if item.widget.key == self._publishing.widget.key:
            self._card.offer_page(done.script if done.live else "")
            self._publishing.sight = None

    def _on_kept(self, item: Waiting, error: Error) -> None:
        self._card.say(f"{item.widget.name} still waits: {error}", "error")

    def _on_talking(self, busy: bool) -> None:
        self._talking = busy
        self.show_busy()

    def _on_sending(self, busy: bool) -> None:
        self._sending = busy
        self.show_busy()

    def _connect(self) -> None:
        talk, outbox, foot = self._publishing, self._outbox, self._foot
        foot.publish.clicked.connect(self._on_publish)
        foot.queue.clicked.connect(self._on_queue)
        foot.take.clicked.connect(self._on_take)
        self._card.cancel.clicked.connect(self._on_cancel)
        talk.published.connect(self._on_published)
        talk.failed.connect(self._on_failed)
        talk.busy_changed.connect(self._on_talking)
        outbox.queued.connect(self._on_queued)
        outbox.sent.connect(self._on_sent)
        outbox.kept.connect(self._on_kept)
        outbox.failed.connect(self._on_failed)
        outbox.busy_changed.connect(self._on_sending)


def _worth_it(sight: Sight | None) -> bool:
    """Whether publishing would change anything there."""
    if sight is None:
        return False
    remote = sight.remote
    return remote is None or bool(sight.changes) or remote.live != remote.version
