"""What can go wrong with a talk, beside the relay's own errors.

RelayError (server.errors)
├── TicketRefused   the page's ticket is forged, old, or another page's
├── TooManyTalks    this process carries as many talks as it can
└── TalkEnded       the workflow's server took no socket
"""

from __future__ import annotations

from server.errors import RelayError


class TicketRefused(RelayError):
    """The page's ticket is forged, old, or another page's."""

    code, status = "ticket_refused", 403

    def __init__(self) -> None:
        super().__init__(
            "This conversation is not open for this page.", "Send the message again."
        )


class TooManyTalks(RelayError):
    """This process carries as many talks as it can."""

    code, status = "too_many_talks", 503

    def __init__(self) -> None:
        super().__init__(
            "Too many conversations wait for an answer here.",
            "Try again in a moment.",
            wait=30,
        )


class TalkEnded(RelayError):
    """The workflow's server took no socket: mostly, its run is over."""

    code, status = "talk_ended", 502

    def __init__(self) -> None:
        super().__init__(
            "The workflow does not wait for an answer any more.",
            "Send the message again.",
        )
