"""What the API takes and gives, for checking and for its OpenAPI document."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

WidgetKey = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{16}$")]


class SessionWanted(BaseModel):
    """A page asks for a client secret."""

    model_config = ConfigDict(extra="forbid", strict=True)

    widget: WidgetKey
    user: Annotated[str, Field(max_length=512)] = ""
    token: Annotated[str, Field(max_length=1000)] = ""


class SessionGiven(BaseModel):
    """A client secret, and its end in seconds since 1970."""

    client_secret: str
    expires_at: int


class Happened(BaseModel):
    """Something to be counted: no content, no address."""

    model_config = ConfigDict(extra="forbid", strict=True)

    widget: WidgetKey
    event: Literal["ready", "open", "message", "error"]


class ErrorSaid(BaseModel):
    """What went wrong: a stable code, a sentence, the next step."""

    code: str
    message: str
    hint: str


class ErrorBody(BaseModel):
    """The body of every error."""

    error: ErrorSaid
