"""The protocol's events and answers as JSON values. Names: `openai-chatkit` 1.6.5."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from server.chatkit.records import File, Item, Page, Thread

Event = dict[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def line(event: Event) -> bytes:
    """An event as it travels."""
    return b"data: " + encoded(event) + b"\n\n"


def encoded(value: Any) -> bytes:
    """JSON in UTF-8, as short as it gets."""
    return _JSON.encode(value).encode()


def thread_json(thread: Thread, items: Page[Item] | None = None) -> Event:
    """A thread with a page of its items; `metadata` says whether one is answering."""
    said: Event = {
        "id": thread.id,
        "created_at": _time(thread),
        "status": {"type": "active"},
        "metadata": {"answering": True} if thread.answering else {},
        "items": page_json(items, lambda one: item_json(one, thread.id))
        if items
        else {"data": [], "has_more": False},
    }
    if thread.title:
        said["title"] = thread.title
    return said


def item_json(item: Item, thread_id: str) -> Event:
    """An item."""
    return {
        "id": item.id,
        "thread_id": thread_id,
        "created_at": _time(item),
        **item.body,
    }


def page_json(page: Page[Any], shown: Callable[[Any], Event]) -> Event:
    """A page of a list."""
    said: Event = {
        "data": [shown(one) for one in page.data],
        "has_more": page.has_more,
    }
    if page.after is not None:
        said["after"] = page.after
    return said


def file_json(file: File, preview: str, upload: str = "") -> Event:
    """An attachment; where a picture is seen, and where its content is sent."""
    said: Event = {"id": file.id, "name": file.name, "mime_type": file.mime_type}
    said["type"] = "image" if file.is_image else "file"
    if file.is_image:
        said["preview_url"] = preview
    if upload:
        said["upload_descriptor"] = {"url": upload, "method": "PUT", "headers": {}}
    if file.thread:
        said["thread_id"] = file.thread
    return said


def thread_created(thread: Thread) -> Event:
    """A thread is there."""
    return {"type": "thread.created", "thread": thread_json(thread)}


def thread_updated(thread: Thread) -> Event:
    """Its title or status is another."""
    return {"type": "thread.updated", "thread": thread_json(thread)}


def item_added(item: Item, thread_id: str) -> Event:
    """An item has begun."""
    return {"type": "thread.item.added", "item": item_json(item, thread_id)}


def item_done(item: Item, thread_id: str) -> Event:
    """An item is whole."""
    return {"type": "thread.item.done", "item": item_json(item, thread_id)}


def item_replaced(item: Item, thread_id: str) -> Event:
    """An item is another now."""
    return {"type": "thread.item.replaced", "item": item_json(item, thread_id)}


def item_removed(item_id: str) -> Event:
    """An item is gone."""
    return {"type": "thread.item.removed", "item_id": item_id}


def part_added(item_id: str) -> Event:
    """An answer's words begin."""
    update = {
        "type": "assistant_message.content_part.added",
        "content_index": 0,
        "content": output_text(""),
    }
    return _updated(item_id, update)


def delta_line(item_id: str) -> tuple[bytes, bytes]:
    """What stands before and behind the JSON of each delta of an item, as it travels.

    Words come by the thousand; the rest of their lines is the same each time.
    """
    before, _, behind = line(text_delta(item_id, "")).rpartition(b'""')
    return before, behind


def text_delta(item_id: str, delta: str) -> Event:
    """More words."""
    update = {
        "type": "assistant_message.content_part.text_delta",
        "content_index": 0,
        "delta": delta,
    }
    return _updated(item_id, update)


def annotation_added(item_id: str, index: int, annotation: Event) -> Event:
    """A source of what was said."""
    update = {
        "type": "assistant_message.content_part.annotation_added",
        "content_index": 0,
        "annotation_index": index,
        "annotation": annotation,
    }
    return _updated(item_id, update)


def part_done(item_id: str, content: Event) -> Event:
    """An answer's words are whole."""
    update = {
        "type": "assistant_message.content_part.done",
        "content_index": 0,
        "content": content,
    }
    return _updated(item_id, update)


def output_text(text: str, annotations: tuple[Event, ...] = ()) -> Event:
    """An answer's content."""
    return {"type": "output_text", "text": text, "annotations": list(annotations)}


def stream_options() -> Event:
    """A visitor may stop listening; the answer is kept as far as it came."""
    return {"type": "stream_options", "stream_options": {"allow_cancel": True}}


def progress_update(text: str) -> Event:
    """What is being done."""
    return {"type": "progress_update", "text": text}


def notice(message: str, level: str = "warning") -> Event:
    """A word beside the conversation."""
    return {"type": "notice", "level": level, "message": message}


def failed(message: str, *, retry: bool) -> Event:
    """Why there is no answer, or no more of it."""
    return {
        "type": "error",
        "code": "custom",
        "message": message,
        "allow_retry": retry,
    }


def _updated(item_id: str, update: Event) -> Event:
    return {"type": "thread.item.updated", "item_id": item_id, "update": update}


def _time(one: Thread | Item) -> str:
    return one.created_at.isoformat().replace("+00:00", "Z")
