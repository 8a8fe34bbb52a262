"""Workflows end with Agent Builder: what to say of it, and where to move.

Source: OpenAI's guide gives 30 November 2026 as Agent Builder's last day; what
`POST /v1/chatkit/sessions` does afterwards is not said, so the live answer decides.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from exporter.contract.ending import Ending, LiveAnswer, Way
from exporter.providers.chatkit.settings import ChatKitWidget

if TYPE_CHECKING:
    from exporter.contract.widget import Widget

LAST_DAY = date(2026, 11, 30)
WAYS = (
    Way("n8n", {"connection.kind": "n8n"}, "connection.webhook_url"),
    Way("A model", {"connection.kind": "openai"}, "connection.model"),
    Way("Own server", {"connection.kind": "server"}, "connection.url"),
)
_STAYS = "Moving changes what answers; looks, texts, prompts and sites stay."


def ending(widget: Widget, today: date, live: LiveAnswer = "") -> Ending | None:
    """What ends for this widget, by OpenAI's word, else by the date; None: nothing."""
    assert isinstance(widget, ChatKitWidget)
    if widget.connection.kind != "hosted":
        return None
    is_over = live == "refuses" and today > LAST_DAY
    return Ending(said(today, live), _STAYS, WAYS, is_over)


def said(today: date, live: LiveAnswer = "") -> str:
    """The sentence on Agent Builder."""
    left = (LAST_DAY - today).days
    if left >= 0:
        when = {0: "today", 1: "tomorrow"}.get(left, f"in {left} days")
        sentence = f"OpenAI ends Agent Builder on 30 November 2026, {when}."
        more = {
            "answers": "This workflow answers now, and may stop then.",
            "refuses": "This workflow is refused already.",
        }
        return f"{sentence} {more.get(live, 'This workflow may stop answering then.')}"
    # A calendar proves no end: whether it came, the answer says.
    sentence = "OpenAI named 30 November 2026 as Agent Builder's last day."
    more = {
        "answers": "It still opens sessions for this workflow; nobody says how long.",
        "refuses": "It no longer opens sessions for this workflow.",
    }
    return f"{sentence} {more.get(live, 'Whether it still answers is not known here.')}"
