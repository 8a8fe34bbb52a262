"""The public `openai-chatkit` package as a server: its own `ChatKitServer`, in memory.

    with VendorChatKit() as server:
        ... a page talks to server.url ...
        assert not server.faults

What the assistant says hangs on the visitor's words (`_SCRIPTS`); every request is read
by the package's own types first, and one that they refuse stands in `faults`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
import threading
import warnings
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from pydantic import TypeAdapter
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

with warnings.catch_warnings():
    # It deprecates classes of its own that its types are made of.
    warnings.simplefilter("ignore", DeprecationWarning)
    from chatkit import types as _types
    from chatkit import widgets as _widgets
    from chatkit.errors import CustomStreamError
    from chatkit.server import ChatKitServer, StreamingResult
    from chatkit.store import AttachmentStore, NotFoundError, Store

types: Any = _types
widgets: Any = _widgets

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from types import TracebackType

    from starlette.requests import Request

_CARD: dict[str, Any] = {
    "type": "Card",
    "children": [
        {
            "type": "Row",
            "children": [
                {"type": "Title", "value": "Double room"},
                {"type": "Spacer"},
                {"type": "Badge", "label": "Free", "color": "success"},
            ],
        },
        {"type": "Text", "id": "text", "value": "Two nights", "streaming": True},
        {"type": "Image", "src": "javascript:alert(1)", "alt": "never shown"},
        {"type": "Divider"},
        {
            "type": "Form",
            "onSubmitAction": {"type": "book", "payload": {"room": 7}},
            "direction": "col",
            "children": [
                {"type": "Input", "name": "guest.name", "placeholder": "Your name"},
                {
                    "type": "Select",
                    "name": "bed",
                    "options": [{"value": "two", "label": "Two beds"}],
                },
                {"type": "Checkbox", "name": "late", "label": "I come late"},
                {"type": "Button", "label": "Book", "submit": True, "style": "primary"},
            ],
        },
        {
            "type": "Row",
            "children": [
                {
                    "type": "Button",
                    "label": "At once",
                    "onClickAction": {"type": "change", "streaming": False},
                },
                {
                    "type": "Button",
                    "label": "In the page",
                    "onClickAction": {"type": "page", "handler": "client"},
                },
            ],
        },
    ],
}
_REQUEST: TypeAdapter[Any] = TypeAdapter(types.ChatKitReq)


class _Memory(Store[None]):
    """Threads and items, as the package wants them kept."""

    def __init__(self) -> None:
        self.threads: dict[str, Any] = {}
        self.items: dict[str, list[Any]] = {}
        self.attachments: dict[str, Any] = {}

    async def load_thread(self, thread_id: str, context: None) -> Any:
        return _found(self.threads, thread_id).model_copy()

    async def save_thread(self, thread: Any, context: None) -> None:
        self.threads[thread.id] = thread.model_copy()
        self.items.setdefault(thread.id, [])

    async def load_thread_items(
        self, thread_id: str, after: str | None, limit: int, order: str, context: None
    ) -> Any:
        return _paged(_found(self.items, thread_id), after, limit, order)

    async def load_threads(
        self, limit: int, after: str | None, order: str, context: None
    ) -> Any:
        return _paged(list(self.threads.values()), after, limit, order)

    async def add_thread_item(self, thread_id: str, item: Any, context: None) -> None:
        self.items[thread_id].append(item)

    async def save_item(self, thread_id: str, item: Any, context: None) -> None:
        kept = self.items[thread_id]
        for number, one in enumerate(kept):
            if one.id == item.id:
                kept[number] = item
                return
        kept.append(item)

    async def load_item(self, thread_id: str, item_id: str, context: None) -> Any:
        return _found({one.id: one for one in self.items[thread_id]}, item_id)

    async def delete_thread(self, thread_id: str, context: None) -> None:
        del self.threads[thread_id], self.items[thread_id]

    async def delete_thread_item(
        self, thread_id: str, item_id: str, context: None
    ) -> None:
        self.items[thread_id] = [
            one for one in self.items[thread_id] if one.id != item_id
        ]

    async def save_attachment(self, attachment: Any, context: None) -> None:
        self.attachments[attachment.id] = attachment

    async def load_attachment(self, attachment_id: str, context: None) -> Any:
        return _found(self.attachments, attachment_id)

    async def delete_attachment(self, attachment_id: str, context: None) -> None:
        self.attachments.pop(attachment_id, None)


class _Files(AttachmentStore[None]):
    """Attachments that are announced first, and come to `base/files/ID`."""

    def __init__(self, memory: _Memory, base: str) -> None:
        self._memory, self._base = memory, base

    async def create_attachment(self, input: Any, context: None) -> Any:
        made = attachment_of(self._base, self, input.name, input.mime_type)
        made.upload_descriptor = types.AttachmentUploadDescriptor(
            url=f"{self._base}/files/{made.id}", method="PUT", headers={"x-file": "1"}
        )
        await self._memory.save_attachment(made, None)
        return made

    async def delete_attachment(self, attachment_id: str, context: None) -> None:
        self._memory.attachments.pop(attachment_id, None)


class _Vendor(ChatKitServer[None]):
    """The package's server with scripted answers."""

    def __init__(self, memory: _Memory, base: str) -> None:
        super().__init__(memory, _Files(memory, base))
        self.rated: list[tuple[list[str], str]] = []
        self.acted: list[Any] = []
        self.go = asyncio.Event()

    async def respond(
        self, thread: Any, input_user_message: Any, context: None
    ) -> AsyncIterator[Any]:
        items = (
            await self.store.load_thread_items(thread.id, None, 1, "desc", None)
        ).data
        last: Any = items[0]
        said = "".join(part.text for part in getattr(last, "content", ()))
        if last.type == "client_tool_call":
            said = f"tool said {json.dumps(last.output)}"
        elif last.type == "structured_input":
            said = "form " + json.dumps(
                [one.answer.model_dump() for one in last.inputs]
            )
        script = next((run for word, run in _SCRIPTS.items() if word in said), _echo)
        async for event in script(self, thread, said):
            yield event

    async def action(
        self, thread: Any, action: Any, sender: Any, context: None
    ) -> AsyncIterator[Any]:
        self.acted.append((sender and sender.id, action.type, action.payload))
        async for event in _echo(self, thread, f"action {action.type}"):
            yield event

    async def sync_action(
        self, thread: Any, action: Any, sender: Any, context: None
    ) -> Any:
        self.acted.append((sender and sender.id, action.type, action.payload))
        text = {"type": "Text", "value": "changed at once"}
        card = {"type": "Card", "children": [text]}
        root = widgets.DynamicWidgetRoot.model_validate(card)
        item = sender.model_copy(update={"widget": root})
        return types.SyncCustomActionResponse(updated_item=item)

    async def add_feedback(
        self, thread_id: str, item_ids: list[str], feedback: Any, context: None
    ) -> None:
        self.rated.append((item_ids, feedback))


class VendorChatKit:
    """The server in a thread of its own. A context manager."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.requests: list[dict[str, Any]] = []
        self.uploads: list[tuple[str, bytes]] = []
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.url = f"{self.base}/chatkit"
        self.memory = _Memory()
        self.vendor = _Vendor(self.memory, self.base)
        config = uvicorn.Config(self._app(), log_level="critical", lifespan="off")
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
        self._server.should_exit = True
        self._thread.join(10)
        self._listener.close()

    def release(self) -> None:
        """Let the answers that wait go on."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self.vendor.go.set)

    def _run(self) -> None:
        async def serve() -> None:
            self._loop = asyncio.get_running_loop()
            await self._server.serve(sockets=[self._listener])

        asyncio.run(serve())

    def _app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/chatkit", self._ask, methods=["POST"]),
                Route("/upload", self._receive, methods=["POST"]),
                Route("/files/{name}", self._fill, methods=["PUT"]),
                Route("/files/{name}", _picture, methods=["GET"]),
            ],
            middleware=[
                Middleware(
                    CORSMiddleware,
                    allow_origins=["*"],
                    allow_methods=["*"],
                    allow_headers=["*"],
                )
            ],
        )

    async def _ask(self, request: Request) -> Response:
        body = await request.body()
        self.requests.append(json.loads(body))
        try:
            _REQUEST.validate_json(body)
        except ValueError as error:
            self.faults.append(str(error))
            return JSONResponse({"error": str(error)}, 400)
        try:
            result = await self.vendor.process(body, None)
        except NotFoundError:
            return JSONResponse({"error": "no such thing"}, 404)
        if isinstance(result, StreamingResult):
            return StreamingResponse(result, media_type="text/event-stream")
        return Response(result.json, media_type="application/json")

    async def _receive(self, request: Request) -> Response:
        async with request.form() as form:
            file: Any = form["file"]
            data = await file.read()
            made = attachment_of(
                self.base,
                _Files(self.memory, self.base),
                file.filename,
                file.content_type,
            )
        self.uploads.append((made.id, data))
        await self.memory.save_attachment(made, None)
        return JSONResponse(made.model_dump(mode="json"))

    async def _fill(self, request: Request) -> Response:
        if request.headers.get("x-file") != "1":
            self.faults.append("the descriptor's headers did not come along")
        self.uploads.append((request.path_params["name"], await request.body()))
        return Response(status_code=204)


def attachment_of(base: str, files: _Files, name: str, kind: str) -> Any:
    """A new attachment with nothing in it yet."""
    made = files.generate_attachment_id(kind, None)
    values = {"id": made, "name": name, "mime_type": kind}
    if kind.startswith("image/"):
        return types.ImageAttachment(**values, preview_url=f"{base}/files/{made}")
    return types.FileAttachment(**values)


def _found(kept: dict[str, Any], name: str) -> Any:
    if name not in kept:
        raise NotFoundError(name)
    return kept[name]


def _paged(kept: list[Any], after: str | None, limit: int, order: str) -> Any:
    found = list(reversed(kept)) if order == "desc" else list(kept)
    names = [one.id for one in found]
    if after:
        found = found[names.index(after) + 1 :]
    some = found[:limit]
    more = len(found) > limit
    return types.Page(data=some, has_more=more, after=some[-1].id if more else None)


async def _picture(request: Request) -> Response:
    data = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d4944415478da63646058f81f00028401f5a45bbd1b0000000049454e44ae426082"
    )
    return Response(data, media_type="image/png")


def _item(vendor: Any, thread: Any, kind: Any, **values: Any) -> Any:
    name = vendor.store.generate_item_id("message", thread, None)
    return kind(id=name, thread_id=thread.id, created_at=datetime.now(), **values)


async def _echo(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    """Words that come one by one."""
    empty = _item(vendor, thread, types.AssistantMessageItem, content=[])
    words = f"You said **{said}**."
    yield types.ThreadItemAddedEvent(item=empty)
    part = types.AssistantMessageContent(text="")
    yield _update(
        empty, types.AssistantMessageContentPartAdded(content_index=0, content=part)
    )
    for piece in words.split(" "):
        delta = piece if piece == "You" else f" {piece}"
        yield _update(
            empty,
            types.AssistantMessageContentPartTextDelta(content_index=0, delta=delta),
        )
    whole = [types.AssistantMessageContent(text=words)]
    yield types.ThreadItemDoneEvent(item=empty.model_copy(update={"content": whole}))


async def _sourced(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    sources = [
        types.URLSource(title="Opening hours", url="https://shop.example/hours"),
        types.FileSource(title="Handbook", filename="handbook.pdf"),
        types.URLSource(title="Never a link", url="javascript:alert(1)"),
    ]
    notes = [types.Annotation(source=one, index=4) for one in sources]
    part = types.AssistantMessageContent(text="We open at nine.", annotations=notes)
    yield types.ThreadItemDoneEvent(
        item=_item(vendor, thread, types.AssistantMessageItem, content=[part])
    )


async def _widget(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    card = widgets.DynamicWidgetRoot.model_validate(_CARD)
    item = _item(vendor, thread, types.WidgetItem, widget=card, copy_text="A room")
    yield types.ThreadItemAddedEvent(item=item)
    delta = types.WidgetStreamingTextValueDelta(
        component_id="text", delta=", breakfast", done=True
    )
    yield _update(item, delta)
    text = json.dumps(_CARD).replace("Two nights", "Two nights, breakfast")
    card = widgets.DynamicWidgetRoot.model_validate_json(text)
    yield types.ThreadItemDoneEvent(item=item.model_copy(update={"widget": card}))


async def _form(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    options = [types.StructuredInputMultipleChoiceOption(value=one) for one in "AB"]
    yield types.ThreadItemDoneEvent(
        item=_item(
            vendor,
            thread,
            types.StructuredInputItem,
            inputs=[
                types.StructuredInputMultipleChoice(
                    id="q1", question="Which plan?", options=options
                ),
                types.StructuredInputFreeform(
                    id="q2", question="Anything else?", description="In your words"
                ),
            ],
        )
    )


async def _tool(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    yield types.ThreadItemDoneEvent(
        item=_item(
            vendor,
            thread,
            types.ClientToolCallItem,
            call_id="call_1",
            name="basket",
            arguments={"add": 3},
        )
    )


async def _work(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    yield types.ProgressUpdateEvent(text="Looking into the handbook")
    await vendor.go.wait()
    first = types.ThoughtTask(title="Read", content="The handbook says so")
    item = _item(
        vendor,
        thread,
        types.WorkflowItem,
        workflow=types.Workflow(type="reasoning", tasks=[first], expanded=True),
    )
    yield types.ThreadItemAddedEvent(item=item)
    second = types.SearchTask(
        title="Searched", queries=["opening hours"], status_indicator="complete"
    )
    yield _update(item, types.WorkflowTaskAdded(task_index=1, task=second))
    summary = types.DurationSummary(duration=3)
    work = types.Workflow(
        type="reasoning", tasks=[first, second], summary=summary, expanded=True
    )
    yield types.ThreadItemDoneEvent(item=item.model_copy(update={"workflow": work}))
    task = types.CustomTask(title="Filed", content="Under F")
    yield types.ThreadItemDoneEvent(
        item=_item(vendor, thread, types.TaskItem, task=task)
    )
    picture = types.GeneratedImage(id="i", url="data:image/png;base64,iVBORw0KGgo=")
    yield types.ThreadItemDoneEvent(
        item=_item(vendor, thread, types.GeneratedImageItem, image=picture)
    )
    yield types.ThreadItemDoneEvent(item=_item(vendor, thread, types.EndOfTurnItem))


async def _besides(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    yield types.NoticeEvent(
        level="info", title="Note", message="Only [ten](https://a.example) a day"
    )
    yield types.ClientEffectEvent(name="confetti", data={"much": True})
    async for event in _echo(vendor, thread, said):
        yield event


async def _broken(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    if said:
        raise CustomStreamError("The till is closed.", allow_retry="again" in said)
    yield types.NoticeEvent(level="info", message="never sent")


async def _slow(vendor: Any, thread: Any, said: str) -> AsyncIterator[Any]:
    empty = _item(vendor, thread, types.AssistantMessageItem, content=[])
    yield types.ThreadItemAddedEvent(item=empty)
    part = types.AssistantMessageContent(text="It takes ")
    yield _update(
        empty, types.AssistantMessageContentPartAdded(content_index=0, content=part)
    )
    await vendor.go.wait()
    whole = [types.AssistantMessageContent(text="It takes long")]
    yield types.ThreadItemDoneEvent(item=empty.model_copy(update={"content": whole}))


_SCRIPTS: dict[str, Callable[[Any, Any, str], AsyncIterator[Any]]] = {
    "tool said": _echo,
    "form [": _echo,
    "sources": _sourced,
    "widget": _widget,
    "form": _form,
    "tool": _tool,
    "work": _work,
    "notice": _besides,
    "error": _broken,
    "slow": _slow,
}


def _update(item: Any, update: Any) -> Any:
    return types.ThreadItemUpdatedEvent(item_id=item.id, update=update)
