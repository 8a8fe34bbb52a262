"""What can go wrong on the server's side, each cause with its sentence and next step.

VitrineError (exporter.contract.errors)
└── ServerError               has a code, an HTTP status and perhaps a wait
    ├── WidgetAbsent          no widget is served under this key
    ├── OriginRefused         the page's site is not among the widget's
    ├── SessionError          no client secret could be had
    │   ├── NoKey             the owner has set no API key
    │   ├── NotReady          the widget cannot ask for a session yet
    │   ├── NoNetwork         OpenAI cannot be reached from here
    │   ├── NotSecure         somebody else's certificate answers in its place
    │   ├── TooSlow           no answer in time
    │   ├── KeyRefused        401
    │   ├── NotAllowed        403
    │   ├── WorkflowUnknown   404: nearly always a key of another project
    │   ├── RequestRefused    400, 422 and their like: names the field
    │   ├── TooMany           429; carries the wait
    │   ├── QuotaUsedUp       429 insufficient_quota
    │   ├── UpstreamFailed    5xx
    │   ├── Unreadable        the answer is no session
    │   └── AlreadyExpired    the session's end lies in the past: a wrong clock
    └── RelayError            a message did not get through to the workflow
        ├── NoRelay           this widget sends nothing through a server
        ├── BadMessage        the page's message breaks a rule
        ├── MessageTooLarge   the page's message is too large
        ├── MessageLate       the page's message did not come in time
        ├── AddressRefused    a private address, and the operator allows none
        ├── Busy              as much is under way there as this server lets be
        ├── Unreachable       the workflow's server cannot be reached
        ├── Silent            it did not answer in time
        └── WorkflowRefused   it answered with an error; carries its status
"""

from __future__ import annotations

from exporter.contract.errors import WorldError
from server.parts import ABSENCES, Absence


class ServerError(WorldError):
    """Something a caller hears of; `wait` in seconds where waiting helps."""

    code = "server_error"
    status = 502

    def __init__(self, message: str, hint: str = "", *, wait: float = 0) -> None:
        super().__init__(message, hint)
        self.wait = wait


class WidgetAbsent(ServerError):
    """No widget is served under this key."""

    def __init__(self, absence: Absence) -> None:
        sentence = ABSENCES[absence]
        super().__init__(sentence[0].upper() + sentence[1:])
        self.code = f"widget_{absence}"
        self.status = 404 if absence is Absence.UNKNOWN else 410


class OriginRefused(ServerError):
    """The page's site is not among the widget's."""

    code, status = "origin_refused", 403

    def __init__(self, origin: str) -> None:
        site = origin[:200] or "A page without an origin"
        super().__init__(
            f"{site} is not among this chat's sites.",
            "Its owner can add it under Allowed sites.",
        )


class SessionError(ServerError):
    """No client secret could be had; `retry` says whether to try again at once."""

    retry = False


class NoKey(SessionError):
    """The owner has set no API key for this widget."""

    code, status = "no_key", 503

    def __init__(self) -> None:
        super().__init__("No API key yet.", "Open Connection and paste one.")


class NotReady(SessionError):
    """The widget cannot ask for a session yet."""

    code, status = "not_ready", 409

    def __init__(self, fault: str) -> None:
        super().__init__(fault, "Open Connection and complete it.")


class NoNetwork(SessionError):
    """OpenAI cannot be reached from here."""

    code, status = "no_network", 503

    def __init__(self) -> None:
        super().__init__(
            "OpenAI cannot be reached from here.",
            "Check the network, a proxy or a firewall; Vitrine goes on simulated.",
        )


class NotSecure(SessionError):
    """Another certificate than OpenAI's: a proxy that looks into the traffic."""

    code = "not_secure"

    def __init__(self) -> None:
        super().__init__(
            "The connection to OpenAI is not secure: its certificate is not trusted.",
            "A proxy may read along: ask whoever runs this network.",
        )


class TooSlow(SessionError):
    """No answer within the time."""

    code, status = "too_slow", 504

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"OpenAI did not answer within {seconds:g} s.",
            "Try again; if it stays so, look at OpenAI's status page.",
        )


class KeyRefused(SessionError):
    """401."""

    code = "key_refused"

    def __init__(self, message: str = "OpenAI refused the key (401).") -> None:
        super().__init__(message, "Open Connection and paste a current one.")


class NotAllowed(SessionError):
    """403: the country, or the organisation's rules."""

    code = "not_allowed"

    def __init__(self) -> None:
        super().__init__(
            "OpenAI does not allow this (403).",
            "Its services may not be offered in this country, or the key may not "
            "use ChatKit: look at the key's permissions.",
        )


class WorkflowUnknown(SessionError):
    """404: nearly always a key of another project."""

    code = "workflow_unknown"

    def __init__(self, workflow: str) -> None:
        super().__init__(
            f"OpenAI does not find {workflow} with this key (404).",
            "Take a key from the project that the workflow belongs to, and check "
            "that the workflow is published.",
        )


class RequestRefused(SessionError):
    """Another refusal of what was asked; `detail` is OpenAI's own word."""

    code = "request_refused"

    def __init__(self, status: int, detail: str) -> None:
        said = f": {detail}" if detail else "."
        super().__init__(
            f"OpenAI refused the request ({status}){said}",
            "Check the workflow's ID, its version and the state variables.",
        )


class TooMany(SessionError):
    """429; `wait` says for how long."""

    code, status, retry = "too_many", 429, True

    def __init__(self, wait: float) -> None:
        when = f"in {wait:.0f} s" if wait >= 1 else "in a moment"
        super().__init__(
            "OpenAI has had too many requests from this key (429).",
            f"Try again {when}.",
            wait=wait,
        )


class QuotaUsedUp(SessionError):
    """429 with `insufficient_quota`: waiting does not help."""

    code = "quota_used_up"

    def __init__(self) -> None:
        super().__init__(
            "The OpenAI account has no credit left (429).",
            "Add credit, or raise the project's budget, on OpenAI's billing page.",
        )


class UpstreamFailed(SessionError):
    """5xx, and the two statuses that mean "again, please"."""

    code, retry = "upstream_failed", True

    def __init__(self, status: int, wait: float = 0) -> None:
        super().__init__(
            f"OpenAI has a fault of its own ({status}).",
            "Try again in a minute, or look at OpenAI's status page.",
            wait=wait,
        )


class Unreadable(SessionError):
    """The answer is no session: a proxy's page, or something new."""

    code = "unreadable"

    def __init__(self) -> None:
        super().__init__(
            "What answered is not OpenAI's session service.",
            "A proxy or a sign-in page may stand between: open a web page, then try "
            "again.",
        )


class AlreadyExpired(SessionError):
    """The session's end lies in the past."""

    code = "already_expired"

    def __init__(self) -> None:
        super().__init__(
            "The session had expired when it arrived.",
            "This computer's clock is probably wrong: set it, then try again.",
        )


class RelayError(ServerError):
    """A message did not get through to the workflow."""


class NoRelay(RelayError):
    """This widget sends nothing through a server."""

    code, status = "no_relay", 404

    def __init__(self, reason: str) -> None:
        super().__init__(reason, "Open Connection and complete it.")


class BadMessage(RelayError):
    """The page's message breaks a rule."""

    code, status = "bad_message", 400


class MessageTooLarge(RelayError):
    """The page's message is too large."""

    code, status = "message_too_large", 413


class MessageLate(RelayError):
    """The page's message did not come in time."""

    code, status = "body_late", 408

    def __init__(self) -> None:
        super().__init__("The message did not come in time.", "Send it again.")


class AddressRefused(RelayError):
    """The workflow's address is private, and the operator allows none such."""

    code = "address_refused"

    def __init__(self) -> None:
        super().__init__(
            "The workflow's address is not on the public internet.",
            "Use its public https:// address, or ask the server's operator to allow "
            "private ones.",
        )


class Busy(RelayError):
    """As much is under way there as this server lets be."""

    code, status = "busy", 503

    def __init__(self) -> None:
        super().__init__(
            "Too many messages wait for an answer here.",
            "Try again in a moment.",
            wait=5,
        )


class Unreachable(RelayError):
    """The workflow's server cannot be reached."""

    code = "unreachable"

    def __init__(self) -> None:
        super().__init__(
            "The workflow's server cannot be reached.",
            "Check that n8n runs and that its address is right.",
        )


class Silent(RelayError):
    """No answer in time."""

    code, status = "silent", 504

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"The workflow did not answer within {seconds:g} s.",
            "Look at the workflow's executions, or let it answer as a stream.",
        )


class WorkflowRefused(RelayError):
    """It answered with an error; keeps the status, never the body: it may tell."""

    code = "workflow_refused"

    def __init__(
        self, status: int, code: str, message: str, hint: str, wait: float = 0
    ) -> None:
        super().__init__(message, hint, wait=wait)
        self.status = status
        self.code = code
