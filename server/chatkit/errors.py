"""What a ChatKit request is refused for.

ServerError (server.errors)
└── ChatKitError
    ├── NoBrain            404: this widget's conversations are kept elsewhere
    ├── RequestUnknown     400: a type that the protocol does not have
    ├── RequestInvalid     400: a request of a known type that breaks a rule
    ├── ThreadUnknown      404: no such thread, or another visitor's
    ├── ItemUnknown        404: no such item in this thread
    ├── FileUnknown        404: no such attachment, or another visitor's
    ├── FileRefused        400: attachments are off, too many, or of a wrong size
    ├── NothingPending     409: nothing waits for this output or answer
    ├── NoDictation        400: what answers cannot write down speech
    └── TooManyAnswers     503: this process writes all the answers that it can

BackendError                what answers did not: a sentence, and what came stays
"""

from __future__ import annotations

from server.errors import ServerError


class ChatKitError(ServerError):
    """A ChatKit request that is refused before its stream begins."""

    status = 404


class NoBrain(ChatKitError):
    """The widget's conversations are kept elsewhere."""

    code = "no_brain"

    def __init__(self, message: str = "This chat's conversations are kept elsewhere."):
        super().__init__(message, "Open Connection and complete it.")


class RequestUnknown(ChatKitError):
    """A type that the protocol does not have."""

    code, status = "request_unknown", 400

    def __init__(self, kind: object) -> None:
        super().__init__(
            f"The ChatKit protocol has no request {str(kind)[:60]!r}.",
            "This server speaks that of openai-chatkit 1.6.",
        )


class RequestInvalid(ChatKitError):
    """A request of a known type that breaks a rule."""

    code, status = "request_invalid", 400

    def __init__(self, place: str, fault: str) -> None:
        super().__init__(
            f"The request's {place[:100]} is not right: {fault[:200]}.",
            "This server speaks the protocol of openai-chatkit 1.6.",
        )


class ThreadUnknown(ChatKitError):
    """No such thread, or another visitor's: which of them is nobody's business."""

    code = "thread_unknown"

    def __init__(self) -> None:
        super().__init__("There is no such conversation.", "Begin a new one.")


class ItemUnknown(ChatKitError):
    """No such item in this thread."""

    code = "item_unknown"

    def __init__(self) -> None:
        super().__init__("There is no such message in this conversation.")


class FileUnknown(ChatKitError):
    """No such attachment, or another visitor's."""

    code = "file_unknown"

    def __init__(self) -> None:
        super().__init__("There is no such file.", "Attach it again.")


class FileRefused(ChatKitError):
    """The attachment breaks a rule of the widget."""

    code, status = "file_refused", 400


class NothingPending(ChatKitError):
    """Nothing in the thread waits for this."""

    code, status = "nothing_pending", 409

    def __init__(self) -> None:
        super().__init__("Nothing in this conversation waits for that.")


class NoDictation(ChatKitError):
    """What answers cannot write down speech."""

    code, status = "no_dictation", 400

    def __init__(self) -> None:
        super().__init__("This chat takes no dictation.", "Write the message.")


class TooManyAnswers(ChatKitError):
    """This process writes all the answers that it can."""

    code, status = "too_many_answers", 503

    def __init__(self) -> None:
        super().__init__(
            "Too many answers are being written.", "Try again in a moment.", wait=5
        )


class BackendError(Exception):
    """What answers did not, or broke off; `message` is for the visitor.

    `kept` are the turn's words so far: they stay. `retry` says whether asking again
    may help.
    """

    def __init__(self, message: str, *, retry: bool = True) -> None:
        super().__init__(message)
        self.message = message
        self.retry = retry
