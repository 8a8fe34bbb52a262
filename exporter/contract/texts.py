"""The language of the interface, and each of its words where the owner differs."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from exporter.contract.locales import LOCALES
from exporter.contract.sentences import written
from exporter.contract.setting import Section, SectionInfo, setting
from exporter.contract.values import Line

TEXT_KEYS = (
    "open_chat",
    "close_chat",
    "expand",
    "collapse",
    "new_chat",
    "send",
    "stop",
    "attach",
    "remove_file",
    "dictate",
    "stop_dictation",
    "copy",
    "copied",
    "retry",
    "good_reply",
    "bad_reply",
    "scroll_to_end",
    "typing",
    "you",
    "assistant",
    "history",
    "no_history",
    "rename",
    "delete",
    "back",
    "choose_model",
    "choose_tool",
    "unread",
    "simulated",
    "powered_by",
    "offline",
    "error_network",
    "error_timeout",
    "error_busy",
    "error_server",
    "error_inactive",
    "error_denied",
    "error_empty",
    "error_file_type",
    "error_file_size",
    "error_file_count",
    "unavailable",
    "print",
    "email",
    "rate",
)
"""Every text of the runtime that an owner can override, by its name."""


def _text_key(value: str) -> str:
    if value not in TEXT_KEYS:
        raise PydanticCustomError("text_key", "is no text of the interface")
    return value


TextKey = Annotated[str, AfterValidator(_text_key)]
Locale = Annotated[
    str,
    StringConstraints(
        pattern=written(
            r"^(auto|[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?)$",
            "takes auto or a language tag such as en, de-DE or zh-Hant-TW",
        )
    ),
]
"""A BCP 47 tag, or "auto": the page's language, else the browser's."""


class Texts(Section):
    """Language and wording of the interface."""

    info: ClassVar = SectionInfo("Language & texts", "languages", 110)

    locale: Locale = setting(
        "auto",
        "Language",
        "Auto: the page's, else the browser's.",
        control="choice",
        options={"auto": "Auto", **LOCALES},
    )
    overrides: dict[TextKey, Line] = setting(
        {}, "Own wording", control="texts", max_length=len(TEXT_KEYS)
    )
