"""What the store refuses, and what it cannot do.

ServerError (server.errors)
└── StoreError
    ├── StoreDown            503: the database does not answer, or cannot write
    ├── FileRefused          503: the system gives no file to keep the database in
    ├── KeysMissing          503: no key here opens the secrets
    ├── TokenRefused         401: no licence has this token
    ├── LicenceUnknown       404: no licence has this key
    ├── LicenceInactive      403: paused, revoked or expired
    ├── TierRefused          400: the tier does not go with what was asked
    ├── WidgetMissing        404: this licence has no widget of that key
    ├── VersionMissing       404: the widget has no such version
    ├── SecretMissing        404: no such secret
    ├── NothingStaged        409: staging and live are the same
    ├── WidgetLimit          403: the licence has all the widgets it may have
    ├── DomainLimit          403: the licence has all the sites it may have
    ├── PreconditionMissing  428: says nothing of the version it was made from
    └── Conflict             412: the widget has changed since; carries what it is now
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from server.errors import ServerError

if TYPE_CHECKING:
    from server.store.records import Stored


class StoreError(ServerError):
    """The store refuses, or cannot."""


class StoreDown(StoreError):
    """The database does not answer, or cannot write."""

    code, status = "store_down", 503

    def __init__(self, reason: str = "does not answer") -> None:
        super().__init__(
            f"The server's database {reason}.",
            "Nothing was changed for certain; try again in a moment.",
            wait=5,
        )


class FileRefused(StoreError):
    """The system gives no file to keep the database in; only who starts it hears."""

    code, status = "store_file_refused", 503

    def __init__(self, path: str, error: OSError) -> None:
        super().__init__(
            f"{path} cannot be written to: {error.strerror or error}.",
            "Name a file in a folder of yours, by --database or VITRINE_DATABASE.",
        )


class KeysMissing(StoreError):
    """No key here opens or seals secrets."""

    code, status = "no_secrets_key", 503

    def __init__(self, message: str) -> None:
        super().__init__(
            message, "Its operator sets VITRINE_SECRETS_KEYS or …_KEYS_FILE."
        )


class TokenRefused(StoreError):
    """No licence has this token."""

    code, status = "token_refused", 401

    def __init__(self) -> None:
        super().__init__(
            "This address wants a licence's token, and got none that is known.",
            "Send “Authorization: Bearer TOKEN”; `license create` printed it once.",
        )


class LicenceUnknown(StoreError):
    """No licence has this key."""

    code, status, exit_code = "licence_unknown", 404, 1

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no licence {key[:40]}.", "`license list` shows them all."
        )


class LicenceInactive(StoreError):
    """Paused, revoked or expired."""

    status, exit_code = 403, 1

    def __init__(self, state: str) -> None:
        words = {"paused": "is paused", "expired": "has run out"}
        super().__init__(
            f"This licence {words.get(state, 'was withdrawn')}.",
            "Ask the server's operator; nothing of yours was deleted.",
        )
        self.code = f"licence_{state}"


class TierRefused(StoreError):
    """The tier does not go with what was asked."""

    code, status, exit_code = "tier_refused", 400, 1


class WidgetMissing(StoreError):
    """This licence has no widget of that key; another's is none of its business."""

    code, status, exit_code = "widget_unknown", 404, 1

    def __init__(self, key: str) -> None:
        super().__init__(
            f"This licence has no widget {key[:40]}.",
            "GET /api/widgets lists what it has.",
        )


class VersionMissing(StoreError):
    """The widget has no such version."""

    code, status = "version_unknown", 404

    def __init__(self, number: int) -> None:
        super().__init__(
            f"The widget has no version {number}.", "…/versions lists what is kept."
        )


class SecretMissing(StoreError):
    """No such secret."""

    code, status = "secret_unknown", 404

    def __init__(self, name: str, known: tuple[str, ...] = ()) -> None:
        hint = f"Known are {', '.join(known)}." if known else "PUT sets one."
        super().__init__(f"The widget has no secret {name[:40]}.", hint)


class NothingStaged(StoreError):
    """Staging and live are the same."""

    code, status = "nothing_staged", 409

    def __init__(self) -> None:
        super().__init__(
            "The newest version is live already.", "PUT with ?stage=staging first."
        )


class WidgetLimit(StoreError):
    """The licence has all the widgets it may have."""

    code, status, exit_code = "widget_limit", 403, 1

    def __init__(self, limit: int) -> None:
        many = "1 widget" if limit == 1 else f"{limit} widgets"
        super().__init__(
            f"This licence is for {many}, and has them.",
            "Delete one, or ask for a larger licence.",
        )


class DomainLimit(StoreError):
    """The licence has all the sites it may have."""

    code, status, exit_code = "domain_limit", 403, 1

    def __init__(self, message: str) -> None:
        super().__init__(message, "Change Allowed sites, or ask for a larger licence.")


class PreconditionMissing(StoreError):
    """A change that says nothing of the version it was made from."""

    code, status, exit_code = "precondition_missing", 428, 1

    def __init__(self, current: Stored) -> None:
        super().__init__(
            "The widget is here already, and this request does not say which version "
            "it was made from.",
            "Send If-Match with the ETag that was seen last.",
        )
        self.current = current


class Conflict(StoreError):
    """The widget has changed since; `current` is what it is now."""

    code, status, exit_code = "conflict", 412, 1

    def __init__(self, current: Stored) -> None:
        super().__init__(
            f"The widget has changed since: it is at version {current.draft} now.",
            "Look at the difference, then send it again with the current ETag.",
        )
        self.current = current
