"""What the owner's API takes and gives, for checking and for its OpenAPI document."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from server.forms import ErrorSaid, WidgetKey

Key = Annotated[WidgetKey, Path(description="The widget's key")]
Number = Annotated[int, Path(ge=1, le=2_000_000_000)]
SecretName = Annotated[str, Path(pattern=r"^[a-z0-9_]{1,40}$")]
Stage = Annotated[
    Literal["live", "staging"], Query(description="staging: stored, not served yet")
]
Note = Annotated[
    str,
    Query(
        max_length=200,
        pattern=r"^[^\x00-\x1f\x7f]*$",
        description="why, for the history",
    ),
]
After = Annotated[
    str, Query(pattern=r"^[A-Za-z0-9]{0,16}$", description="`next` of the page before")
]
Limit = Annotated[int, Query(ge=1, le=200)]
OldNumber = Annotated[int | None, Query(alias="from", ge=1, le=2_000_000_000)]
NewNumber = Annotated[int | None, Query(alias="to", ge=1, le=2_000_000_000)]


class WidgetFacts(BaseModel):
    """A widget; `version` is the newest, `live` the served one (null: none yet)."""

    key: str
    name: str
    provider: str
    version: int
    live: int | None
    paused: bool
    etag: str
    created_at: datetime
    changed_at: datetime
    script: str


class WidgetWhole(WidgetFacts):
    """A widget with the config of its newest version."""

    widget: dict[str, Any]


class WidgetPage(BaseModel):
    """Widgets by key; `next` is null on the last page."""

    widgets: list[WidgetFacts]
    next: str | None


class VersionGiven(BaseModel):
    """A version; `size` in bytes."""

    version: int
    name: str
    provider: str
    made_at: datetime
    made_by: str
    note: str
    size: int
    live: bool


class Versions(BaseModel):
    """The versions that are kept, the newest first."""

    versions: list[VersionGiven]


class VersionWhole(BaseModel):
    """A version's config."""

    version: int
    widget: dict[str, Any]


class Change(BaseModel):
    """A setting that differs; null where it is not there, long values cut."""

    path: str
    before: Any
    after: Any


class Diff(BaseModel):
    """What differs between two versions."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    old: int = Field(alias="from")
    new: int = Field(alias="to")
    changes: list[Change]


class RollbackWanted(BaseModel):
    """Which version to serve again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: Annotated[int, Field(ge=1, le=2_000_000_000)]


class SecretWanted(BaseModel):
    """A secret's value, which never comes back."""

    model_config = ConfigDict(extra="forbid", strict=True)

    value: Annotated[SecretStr, Field(min_length=1, max_length=4096)]


class SecretGiven(BaseModel):
    """All that is told of a secret."""

    name: str
    hint: str
    set_at: datetime


class SecretsGiven(BaseModel):
    """The secrets that are set."""

    secrets: list[SecretGiven]


class LicenceGiven(BaseModel):
    """The licence whose token was shown; limits null: as many as one likes."""

    license: str
    tier: str
    state: str
    expires_at: datetime | None
    widgets: int
    widget_limit: int | None
    domains: int
    domain_limit: int | None


class FindingSaid(BaseModel):
    """One broken rule."""

    path: str
    rule: str
    message: str


class Refused(BaseModel):
    """422: every broken rule."""

    error: ErrorSaid
    findings: list[FindingSaid]


class Stale(BaseModel):
    """412 and 428: what the widget is now, and how what was sent differs from it."""

    error: ErrorSaid
    current: WidgetFacts
    diff: list[Change]


Days = Annotated[Literal["7", "30", "90"], Query(description="how far to look back")]
OneWidget = Annotated[
    str, Query(pattern=r"^([A-Za-z0-9]{16})?$", description="its key; else all")
]


class SiteNumbers(BaseModel):
    """What happened on a site."""

    site: str
    load: int
    open: int
    message: int
    session: int
    error: int


class NumbersGiven(BaseModel):
    """Numbers of a licence's widgets, or of one; days are UTC, the oldest first.

    `by_day` has each kind's numbers in the order of `days`; `before` are the sums of
    as many days before those.
    """

    days: list[date]
    by_day: dict[str, list[int]]
    by_site: list[SiteNumbers]
    total: dict[str, int]
    before: dict[str, int]


class PreviewGiven(BaseModel):
    """The address of a page that shows a version, and when it ends."""

    url: str
    version: int
    expires_at: datetime
