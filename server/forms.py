"""What the API takes and gives, for checking and for its OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

WidgetKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{16}$")]


class SessionWanted(BaseModel):
    """A page asks for a client secret."""

    model_config = ConfigDict(extra="forbid", strict=True)

    widget: WidgetKey
    user: Annotated[str, Field(max_length=1000)] = ""
    proof: Annotated[str, Field(max_length=4096)] = ""
    token: Annotated[str, Field(max_length=1000)] = ""


class SessionGiven(BaseModel):
    """A client secret, and its end in seconds since 1970.

    `visitor` is what the page shows as `user` the next time; `token` is its next one.
    """

    client_secret: str
    expires_at: int
    visitor: str = ""
    token: str = ""


Event = Literal["load", "open", "message", "error"]


class Happened(BaseModel):
    """Something to be counted, one or several: no content, no address."""

    model_config = ConfigDict(extra="forbid", strict=True)

    widget: WidgetKey
    event: Event | None = None
    events: Annotated[
        dict[Event, Annotated[int, Field(ge=1, le=1000)]], Field(max_length=4)
    ] = {}

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bool(self.event) == bool(self.events):
            raise ValueError("name one event, or events with their numbers")
        return self

    def counts(self) -> dict[str, int]:
        """How often what happened."""
        if self.event:
            return {self.event: 1}
        return {str(event): times for event, times in self.events.items()}


class ErrorSaid(BaseModel):
    """What went wrong: a stable code, a sentence, the next step."""

    code: str
    message: str
    hint: str


class ErrorBody(BaseModel):
    """The body of every error."""

    error: ErrorSaid
