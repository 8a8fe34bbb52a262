"""The preview on a real phone: on when asked for, and plainly off again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from exporter.contract.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.canvas.canvas import Canvas
    from desktop.canvas.phone_panel import PhonePanel
    from desktop.preview.host import PreviewHost
    from desktop.preview.phone.listener import PhoneListener

_LOOK_MS = 5_000
_HINT_MS = 30_000
_LONELY_MS = 30 * 60_000
_FRAME_MS = 16
NO_NETWORK = (
    "This computer is in no network that a phone could be in, too. "
    "Join the phone's Wi-Fi, then try again."
)
_LEFT = "This computer left its network, so phones see the preview no more."
_LONELY = "No phone came for half an hour, so the preview is off on the network."
_ENDED = "The preview on the network stopped by itself. Turn it on again."


class Phone(QObject):
    """Follows the selected device of a canvas; `said` is told when it ends by itself.

    `find` answers this computer's addresses, the likeliest first.
    """

    said = Signal(str)
    changed = Signal()
    _counted = Signal(int)
    _ended = Signal(object)

    def __init__(
        self,
        canvas: Canvas,
        host: PreviewHost,
        find: Callable[[], tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__(canvas)
        self._canvas, self._host = canvas, host
        self._find = find or _addresses
        self._listener: PhoneListener | None = None
        self.panel: PhonePanel | None = None
        self.address = ""
        self.phones = 0
        self._frame = self._timer(_FRAME_MS, self._show)
        self._lonely = self._timer(_LONELY_MS, lambda: self._end(_LONELY))
        self._look = QTimer(self, interval=_LOOK_MS)
        self._look.timeout.connect(self._on_look)
        self._counted.connect(self._on_counted)
        self._ended.connect(self._on_ended)
        canvas.bar.phone.connect(self.show_on_phone)
        canvas.shown.connect(self._on_shown)

    @property
    def is_on(self) -> bool:
        """Whether anybody in the network could come in."""
        return self._listener is not None

    def show_on_phone(self) -> None:
        """Open the panel with the code; turns the preview on if it is not."""
        from desktop.canvas.phone_panel import PhonePanel

        if self.panel is None:
            self.panel = PhonePanel(self._canvas.bar.phones)
            self.panel.off_wanted.connect(self.turn_off)
            self.panel.code_wanted.connect(self.turn_on)
            self.panel.address_wanted.connect(self._move_to)
            self.panel.closed.connect(self._on_panel_closed)
        self.panel.pop_up()
        self.turn_on()

    def turn_on(self, address: str = "") -> None:
        """Listen, and invite one phone; the panel says what stands in the way."""
        try:
            if self._listener is None:
                self._listen(address)
        except WorldError as failure:
            self.turn_off()
            self._say_in_panel(str(failure))
            return
        self._invite()
        self._tell()

    def turn_off(self) -> None:
        """Shut everybody out; nothing listens any more."""
        listener, self._listener = self._listener, None
        for timer in (self._look, self._lonely, self._frame):
            timer.stop()
        self.phones, self.address = 0, ""
        if listener is not None:
            listener.close()
        if self.panel is not None:
            self.panel.close()
        self._tell()

    def look_every(self, milliseconds: int) -> None:
        """How often to see whether this computer is still in its network."""
        self._look.setInterval(milliseconds)

    def be_patient_for(self, milliseconds: int) -> None:
        """How long to stay on without a phone, from now."""
        self._lonely.start(milliseconds)

    def shutdown(self) -> None:
        """Off, with everything."""
        self.turn_off()

    def _listen(self, address: str) -> None:
        from desktop.preview.phone.listener import PhoneListener

        found = self._find()
        if not found:
            raise WorldError(NO_NETWORK)
        address = address if address in found else found[0]
        listener = PhoneListener(
            self._host,
            on_count=self._counted.emit,
            on_end=lambda failure: self._ended.emit((listener, failure)),
        )
        listener.open(address)
        self._listener, self.address = listener, address
        self._load()
        self._look.start()
        self._lonely.start()

    def _move_to(self, address: str) -> None:
        """Listen on another of this computer's addresses."""
        panel, self.panel = self.panel, None
        self.turn_off()
        self.panel = panel
        self.turn_on(address)

    def _invite(self) -> None:
        if self._listener is None or self.panel is None or self.panel.isHidden():
            return
        invitation = self._listener.invitation()
        client = self._canvas.showing.is_client
        self.panel.invite(invitation, self.address, self._find(), client=client)
        QTimer.singleShot(_HINT_MS, self.panel, self.panel.hint_if_waiting)

    def _on_shown(self, anew: bool) -> None:
        if self._listener is None:
            return
        if anew:
            self._load()
        elif not self._frame.isActive():
            self._frame.start()

    def _load(self) -> None:
        if self._listener is not None:
            canvas = self._canvas
            page = canvas.showing.page(canvas.wall.spot)
            config = canvas.config(canvas.wall.spot)
            self._listener.feed.load(canvas.showing.key, page, config)

    def _show(self) -> None:
        if self._listener is not None:
            config = self._canvas.config(self._canvas.wall.spot)
            self._listener.feed.show(config)

    def _on_counted(self, phones: int) -> None:
        if self._listener is None:
            return
        more, self.phones = phones > self.phones, phones
        if phones:
            self._lonely.stop()
        else:
            self._lonely.start()
        if self.panel is not None:
            self.panel.set_phones(phones, arrived=more)
        self._tell()

    def _on_ended(self, what: tuple[object, BaseException | None]) -> None:
        listener, _failure = what
        if listener is self._listener:
            self._end(_ENDED)

    def _on_look(self) -> None:
        if self.address not in self._find():
            self._end(_LEFT)

    def _end(self, words: str) -> None:
        self.turn_off()
        self.said.emit(words)

    def _on_panel_closed(self) -> None:
        """A code that nobody sees is good for nobody."""
        if self._listener is not None:
            self._listener.door.withdraw()

    def _say_in_panel(self, words: str) -> None:
        if self.panel is not None:
            self.panel.refuse(words)
            self.panel.pop_up()

    def _tell(self) -> None:
        self._canvas.bar.set_phones(self.phones, self.address)
        self.changed.emit()

    def _timer(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(then)
        return timer


def _addresses() -> tuple[str, ...]:
    from desktop.preview.phone.network import addresses  # brings QtNetwork

    return addresses()
