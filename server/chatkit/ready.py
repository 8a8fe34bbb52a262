"""Whole items that a backend sends, read with distrust: only what pages can show."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from server.chatkit.errors import BackendError
from server.chatkit.records import new_id


class _Form(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)


class ToolCall(_Form):
    """A call of a tool that the page has; its output comes as a request."""

    type: Literal["client_tool_call"]
    status: Literal["pending"] = "pending"
    call_id: str = Field(default_factory=lambda: new_id("call"))
    name: Annotated[str, Field(min_length=1, max_length=200)]
    arguments: dict[str, Any] = {}


class _Choice(_Form):
    value: str


class _Asked(_Form):
    id: str
    question: str


class Multiple(_Asked):
    """A question with choices."""

    type: Literal["multiple_choice"]
    options: list[_Choice]
    multiple: bool = False


class Freeform(_Asked):
    """A question for free words."""

    type: Literal["freeform"]
    description: str | None = None


class Structured(_Form):
    """Questions; they wait for `threads.add_structured_input`."""

    type: Literal["structured_input"]
    status: Literal["pending"] = "pending"
    inputs: Annotated[
        list[Annotated[Multiple | Freeform, Field(discriminator="type")]],
        Field(min_length=1, max_length=50),
    ]


class Root(_Form):
    """A widget's root; its children are left as they are."""

    model_config = ConfigDict(extra="allow")

    type: Literal["Card", "ListView", "Basic"]
    children: list[dict[str, Any]] = []


class Shown(_Form):
    """A widget in the conversation."""

    type: Literal["widget"]
    widget: Root
    copy_text: str | None = None


_ITEM: TypeAdapter[BaseModel] = TypeAdapter(
    Annotated[ToolCall | Structured | Shown, Field(discriminator="type")]
)


def body_of(item: dict[str, Any]) -> dict[str, Any]:
    """An item's body; raises BackendError for what the protocol does not have.

    Half a character, which no encoding takes, comes out as a question mark.
    """
    try:
        made = _ITEM.validate_python(item).model_dump(mode="json", exclude_none=True)
        return sound(made)
    except (ValueError, RecursionError):  # pydantic's ValidationError too
        raise BackendError("The answer holds something that cannot be shown.") from None


def sound(value: dict[str, Any]) -> dict[str, Any]:
    """The same without halves of characters."""
    text = json.dumps(value, ensure_ascii=False)
    made: dict[str, Any] = json.loads(text.encode("utf-8", "replace"))
    return made
