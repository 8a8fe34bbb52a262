"""Requests that bring an answer: what is asked, by whom, behind what was said."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from server.chatkit import events
from server.chatkit.backends.backend import Question, Said
from server.chatkit.eager import eager
from server.chatkit.errors import ItemUnknown, NothingPending, RequestInvalid
from server.chatkit.following import follow, follow_afar
from server.chatkit.records import Item, Thread, new_id
from server.chatkit.telling import HISTORY, title_of, told
from server.chatkit.turn import Turn

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Sequence

    from server.chatkit import requests
    from server.chatkit.asker import Asker
    from server.chatkit.events import Event
    from server.chatkit.files import Files
    from server.chatkit.threads import Threads
    from server.chatkit.turns import Turns

    Streamed = Callable[[Asker, Any], Awaitable[AsyncIterator[bytes]]]


class Answers:
    """Begins answers; `kinds` has what does it for each type of request."""

    def __init__(self, threads: Threads, turns: Turns, files: Files) -> None:
        self._threads = threads
        self._turns = turns
        self._files = files
        self.kinds: dict[str, Streamed] = {
            "threads.create": self._create,
            "threads.add_user_message": self._add,
            "threads.add_client_tool_output": self._tool_output,
            "threads.add_structured_input": self._structured,
            "threads.retry_after_item": self._retry,
            "threads.custom_action": self._act,
            "threads.join": self._join,
        }

    async def _create(self, asker: Asker, params: requests.New) -> AsyncIterator[bytes]:
        self._turns.check_room()
        item = await self._user_item(asker, params.input)
        title = title_of(params.input)
        thread = Thread(new_id("thr"), asker.owner, title, sealed=asker.brain.sealed)
        turn = Turn(thread.id)
        thread = replace(thread, turn=turn.id)
        said = await told(self._threads, [item])
        question = _question(asker, thread.id, said, params.input, None)
        # Nobody else can know this thread: it is asked while the thread is kept.
        async with eager(asker.backend.answer(question)) as pieces:
            await self._threads.create(asker.widget_key, thread, [item], asker.ends)
            await self._attach(item, thread.id)
            self._turns.start(turn, pieces)
        head = [events.thread_created(replace(thread, turn=""))]
        head += [events.item_done(item, thread.id), events.stream_options()]
        return _after(head, turn)

    async def _add(self, asker: Asker, params: requests.Added) -> AsyncIterator[bytes]:
        self._turns.check_room()
        if self._turns.of(params.thread_id) is not None:
            thread = await self._threads.find(asker.owner, params.thread_id)
            await self._turns.stop(thread.id)  # its end belongs to what is told
        thread, before = await self._threads.recent(
            asker.owner, params.thread_id, HISTORY - 1
        )
        item = await self._user_item(asker, params.input)
        said = await told(self._threads, [item, *before])
        question = _question(asker, thread.id, said, params.input, None)
        # It is asked while the message is kept.
        async with eager(asker.backend.answer(question)) as pieces:
            turn = await self._begin(asker, thread.id, [item])
            await self._attach(item, thread.id)
            self._turns.start(turn, pieces)
        head = [events.item_done(item, thread.id), events.stream_options()]
        return _after(head, turn)

    async def _tool_output(
        self, asker: Asker, params: requests.ToolOutput
    ) -> AsyncIterator[bytes]:
        thread = await self._threads.find(asker.owner, params.thread_id)
        last = (await self._threads.items(thread.id, None, 1, newest=True)).data
        call = last[0] if last else None
        if call is None or not _is_pending(call, "client_tool_call"):
            raise NothingPending
        body = {**call.body, "status": "completed", "output": params.result}
        turn = await self._begin(asker, thread.id, [replace(call, body=body)])
        return await self._begun(asker, turn, [])

    async def _structured(
        self, asker: Asker, params: requests.Structured
    ) -> AsyncIterator[bytes]:
        thread = await self._threads.find(asker.owner, params.thread_id)
        item = await self._threads.item(thread.id, params.item_id)
        if not _is_pending(item, "structured_input"):
            raise NothingPending
        item = replace(item, body=_answered(item.body, params.input))
        turn = await self._begin(asker, thread.id, [item])
        head = [events.item_replaced(item, thread.id)]
        return await self._begun(asker, turn, head, options_first=True)

    async def _retry(
        self, asker: Asker, params: requests.AfterItem
    ) -> AsyncIterator[bytes]:
        thread = await self._threads.find(asker.owner, params.thread_id)
        await self._turns.stop(thread.id)
        item = await self._threads.item(thread.id, params.item_id)
        if item.type != "user_message":
            raise ItemUnknown
        behind = await self._threads.after(thread.id, item.id)
        turn = await self._begin(asker, thread.id, [], replaced=behind)
        before = await self._threads.items(thread.id, item.id, HISTORY, newest=True)
        newest = [item, *before.data]
        return await self._begun(asker, turn, [], newest=newest)

    async def _act(self, asker: Asker, params: requests.Acted) -> AsyncIterator[bytes]:
        thread = await self._threads.find(asker.owner, params.thread_id)
        if params.item_id:
            item = await self._threads.item(thread.id, params.item_id)
            if item.type != "widget":
                return _one(events.failed("Nothing can be done there.", retry=False))
        turn = await self._begin(asker, thread.id, [])
        return await self._begun(asker, turn, [], action=params.action)

    async def _join(
        self, asker: Asker, params: requests.InThread
    ) -> AsyncIterator[bytes]:
        thread = await self._threads.find(asker.owner, params.thread_id)
        turn = self._turns.of(thread.id)
        if turn is not None:
            return follow(turn)
        if thread.answering:
            return follow_afar(self._threads, thread)
        last = (await self._threads.items(thread.id, None, 1, newest=True)).data
        if last and last[0].state in ("cut", "failed"):
            return _one(events.failed("This answer was interrupted.", retry=True))
        return _one(events.thread_updated(thread))

    async def _user_item(self, asker: Asker, input: requests.Input) -> Item:
        files = await self._files.take(asker, input.attachments)
        body: dict[str, Any] = {
            "type": "user_message",
            "content": [one.model_dump(exclude_none=True) for one in input.content],
            "attachments": files,
            "inference_options": input.inference_options.model_dump(exclude_none=True),
        }
        if input.quoted_text:
            body["quoted_text"] = input.quoted_text
        if not files and not any(part.text.strip() for part in input.content):
            raise RequestInvalid("params.input.content", "the message is empty")
        return Item(new_id("msg"), body)

    async def _begin(
        self,
        asker: Asker,
        thread_id: str,
        items: Sequence[Item],
        replaced: tuple[Item, ...] = (),
    ) -> Turn:
        """A turn of ours in this thread; one before it ends as far as it came."""
        self._turns.check_room()
        await self._turns.stop(thread_id)
        turn = Turn(thread_id, replaced)
        await self._threads.begin(asker.owner, thread_id, turn.id, items, asker.ends)
        return turn

    async def _attach(self, item: Item, thread_id: str) -> None:
        ids = [file["id"] for file in item.body["attachments"]]
        if ids:
            await self._threads.attach(ids, thread_id)

    async def _begun(
        self,
        asker: Asker,
        turn: Turn,
        head: list[Event],
        *,
        newest: Sequence[Item] | None = None,
        action: requests.Action | None = None,
        options_first: bool = False,
    ) -> AsyncIterator[bytes]:
        """Ask, and follow the answer behind what is said first."""
        if newest is None:
            page = await self._threads.items(turn.thread_id, None, HISTORY, newest=True)
            newest = page.data
        said = await told(self._threads, newest)
        if action is not None:
            said = (*said, Said("user", _spoken(action)))
        question = _question(asker, turn.thread_id, said, None, action)
        self._turns.start(turn, asker.backend.answer(question))
        if options_first:
            head = [events.stream_options(), *head]
        else:
            head = [*head, events.stream_options()]
        return _after(head, turn)


def _question(
    asker: Asker,
    thread_id: str,
    said: tuple[Said, ...],
    input: requests.Input | None,
    action: requests.Action | None,
) -> Question:
    options = input.inference_options if input else None
    wanted = options.model if options else None
    tool = options.tool_choice.id if options and options.tool_choice else ""
    return Question(
        thread_id,
        said,
        wanted if wanted in asker.brain.models else "",
        tool,
        action.model_dump() if action else None,
    )


def _after(head: list[Event], turn: Turn) -> AsyncIterator[bytes]:
    return follow(turn, b"".join(map(events.line, head)))


async def _one(event: Event) -> AsyncIterator[bytes]:
    yield events.line(event)


def _is_pending(item: Item, kind: str) -> bool:
    return item.type == kind and item.body.get("status") == "pending"


def _answered(body: dict[str, Any], said: requests.Submission) -> dict[str, Any]:
    inputs = []
    for one in body["inputs"]:
        given = said.answers.get(one["id"])
        values = list(given.values) if given and not given.skipped else []
        if one["type"] == "multiple_choice" and not one.get("multiple"):
            values = values[:1]
        skipped = said.status == "skipped" or not values
        answer = {"values": [] if skipped else values, "skipped": skipped}
        inputs.append({**one, "answer": answer})
    return {**body, "status": said.status, "inputs": inputs}


def _spoken(action: requests.Action) -> str:
    if action.payload in (None, {}, []):
        return action.type
    return f"{action.type} {events.encoded(action.payload).decode()}"
