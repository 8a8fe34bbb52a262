"""The protocol's requests, as a page may send them.

Names: `openai-chatkit` 1.6.5. Fields that we do not know are left alone, as a newer
page may send more; those we know are strict and have limits.
"""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    TypeAdapter,
    ValidationError,
)

from server.chatkit.errors import RequestInvalid, RequestUnknown

PAGE = 20
_MOST_TEXT = 100_000
_MOST_PARTS = 100


def _sound(text: str) -> str:
    """Without halves of characters and without NUL, which nothing behind us takes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def _small(value: Any) -> Any:
    if len(json.dumps(value)) > _MOST_TEXT:
        raise ValueError(f"it is longer than {_MOST_TEXT} characters")
    return json.loads(_sound(json.dumps(value, ensure_ascii=False)))


Id = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[\w-]+$")]
Words = Annotated[str, Field(max_length=_MOST_TEXT), AfterValidator(_sound)]
Short = Annotated[str, Field(max_length=200), AfterValidator(_sound)]
Value = Annotated[Any, AfterValidator(_small)]


class Form(BaseModel):
    """A part of a request."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)


class TextPart(Form):
    """Plain words."""

    type: Literal["input_text"]
    text: Words


class TagPart(Form):
    """A mention of something."""

    type: Literal["input_tag"]
    id: Short
    text: Words
    data: Annotated[dict[str, Any], AfterValidator(_small)]
    group: Short | None = None
    interactive: bool = False


class ToolChoice(Form):
    """A tool that the visitor picked."""

    id: Short


class Options(Form):
    """What the visitor chose beside the words."""

    tool_choice: ToolChoice | None = None
    model: Short | None = None


class Input(Form):
    """A visitor's message."""

    content: Annotated[
        list[Annotated[TextPart | TagPart, Field(discriminator="type")]],
        Field(max_length=_MOST_PARTS),
    ]
    attachments: Annotated[list[Id], Field(max_length=_MOST_PARTS)] = []
    quoted_text: Words | None = None
    inference_options: Options = Options()


class Nothing(Form):
    """No params."""


class New(Form):
    input: Input


class InThread(Form):
    thread_id: Id


class Added(InThread):
    input: Input


class ToolOutput(InThread):
    result: Value


class Answered(Form):
    """One answer of a form in the conversation."""

    values: Annotated[list[Words], Field(max_length=_MOST_PARTS)] = []
    skipped: bool = False


class Submission(Form):
    status: Literal["answered", "skipped"] = "answered"
    answers: Annotated[dict[Short, Answered], Field(max_length=_MOST_PARTS)] = {}


class Structured(InThread):
    item_id: Id
    input: Submission


class AfterItem(InThread):
    item_id: Id


class Action(Form):
    """What a button of a widget in the conversation stands for."""

    type: Short
    payload: Value = None


class Acted(InThread):
    item_id: Id | None = None
    action: Action


class Listing(Form):
    limit: Annotated[int, Field(ge=1)] | None = None
    order: Literal["asc", "desc"] = "desc"
    after: Id | None = None

    @property
    def size(self) -> int:
        """How many to answer: a page, or fewer."""
        return min(self.limit or PAGE, 100)


class ListingItems(Listing, InThread):
    pass


class Renamed(InThread):
    title: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_sound)]


class Feedback(InThread):
    item_ids: Annotated[list[Id], Field(max_length=_MOST_PARTS)]
    kind: Literal["positive", "negative"]


class NewFile(Form):
    name: Annotated[str, Field(min_length=1, max_length=255), AfterValidator(_sound)]
    size: Annotated[int, Field(ge=0)]
    mime_type: Annotated[str, Field(max_length=200, pattern=r"^[\w.+-]+/[\w.+-]+$")]


class FileGone(Form):
    attachment_id: Id


class Spoken(Form):
    audio_base64: Annotated[str, Field(max_length=14 * 1024 * 1024)]
    mime_type: Annotated[str, Field(max_length=200, pattern=r"^[\x20-\x7e]+$")]


STREAMED: dict[str, type[Form]] = {
    "threads.create": New,
    "threads.add_user_message": Added,
    "threads.add_client_tool_output": ToolOutput,
    "threads.add_structured_input": Structured,
    "threads.retry_after_item": AfterItem,
    "threads.custom_action": Acted,
    "threads.join": InThread,
}
"""Types that are answered as a stream.

`threads.join` is ours alone: a page that was loaded again follows the answer that is
being written.
"""

PLAIN: dict[str, type[Form]] = {
    "threads.get_by_id": InThread,
    "threads.list": Listing,
    "threads.update": Renamed,
    "threads.delete": InThread,
    "threads.stop": InThread,
    "threads.sync_custom_action": Acted,
    "items.list": ListingItems,
    "items.feedback": Feedback,
    "attachments.create": NewFile,
    "attachments.delete": FileGone,
    "input.transcribe": Spoken,
}
"""Types that are answered with JSON.

`threads.stop` is ours alone: who leaves a page does not mean to end the answer, so a
page has to say it.
"""

_KNOWN = {kind: TypeAdapter[Form](form) for kind, form in {**STREAMED, **PLAIN}.items()}


def parse(body: dict[str, Any]) -> tuple[str, Form]:
    """A request's type and params; raises RequestUnknown or RequestInvalid."""
    kind = body.get("type")
    adapter = _KNOWN.get(kind) if isinstance(kind, str) else None
    if adapter is None or not isinstance(kind, str):
        raise RequestUnknown(kind)
    try:
        return kind, adapter.validate_python(body.get("params", {}))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, ("params", *first["loc"])))
        raise RequestInvalid(place, first["msg"]) from None
