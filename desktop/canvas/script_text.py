"""A scripted conversation as a person writes it: one line for whoever speaks.

```
Visitor: How long does it take?
Assistant: Two days, **usually**.
Lines that begin with no such word go on with what is being said.
Buttons: Yes | No
Wait: 2
Error: busy
```
"""

from __future__ import annotations

import re
from typing import Any

ERRORS = (
    *("network", "offline", "timeout", "busy"),
    *("server", "inactive", "denied", "empty"),
)
LONGEST_WAIT = 60  # seconds
_LINE = re.compile(r"^(Visitor|Assistant|Buttons|Wait|Error):[ \t]*(.*)$", re.I)

Step = dict[str, Any]


def steps_of(text: str) -> tuple[list[Step], str]:
    """The steps that a text tells, and what is wrong with it; "" is nothing."""
    steps: list[Step] = []
    for number, line in enumerate(text.splitlines(), 1):
        begun = _LINE.match(line)
        if begun:
            fault = _begin(steps, begun[1].lower(), begun[2].strip())
        else:
            fault = _go_on(steps, line)
        if fault:
            return steps, f"Line {number}: {fault}"
    for step in steps:
        for who in ("user", "assistant"):
            if who in step:
                step[who] = step[who].strip()
    if not any("assistant" in step or "error" in step for step in steps):
        return steps, "Nobody answers yet: begin a line with “Assistant:”."
    return steps, ""


def _begin(steps: list[Step], word: str, rest: str) -> str:
    if word in ("visitor", "assistant"):
        steps.append({"user" if word == "visitor" else "assistant": rest})
    elif word == "wait":
        return _wait(steps, rest)
    elif word == "error":
        if rest.lower() not in ERRORS:
            return f"an error is one of {', '.join(ERRORS)}."
        steps.append({"error": rest.lower()})
    elif not steps or "assistant" not in steps[-1]:
        return "buttons stand right after what the assistant says."
    else:
        named = [one.strip() for one in rest.split("|") if one.strip()]
        link = "https://example.com/"
        steps[-1]["buttons"] = [{"text": one, "link": link} for one in named]
    return ""


def _wait(steps: list[Step], rest: str) -> str:
    try:
        seconds = float(rest.removesuffix("s").replace(",", "."))
    except ValueError:
        seconds = -1
    if not 0 <= seconds <= LONGEST_WAIT:
        return f"a wait is a number of seconds, up to {LONGEST_WAIT}."
    steps.append({"wait": round(seconds * 1000)})
    return ""


def _go_on(steps: list[Step], line: str) -> str:
    said = steps[-1] if steps else {}
    who = next((one for one in ("user", "assistant") if one in said), None)
    if who and "buttons" not in said:
        said[who] += f"\n{line}"
    elif line.strip():
        return "say who speaks: begin with “Visitor:” or “Assistant:”."
    return ""
