"""What can go wrong, as values a person can act on.

VitrineError
├── InputError            the input is wrong (exit 1)
│   ├── InvalidWidget     a widget breaks rules; carries every finding
│   ├── NotAWidget        the bytes are no widget file at all
│   ├── NewerVersion      written by a newer Vitrine
│   ├── TooLarge          bigger than a widget file may be
│   ├── UnknownProvider   no provider has that name
│   └── NeedsServer       a folder of files cannot do what this widget needs
└── WorldError            disk, network or another program failed (exit 3)
"""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """One broken rule: where, which, and what to do.

    `path` is dotted (`theme.accent.primary`, `start_screen.prompts.2.icon`), empty
    for the whole file; `rule` is a stable machine name; `message` a full sentence.
    """

    path: str
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path or 'file'}: {self.message} [{self.rule}]"


class VitrineError(Exception):
    """Anything we foresee; `message` names the thing, `hint` the next step."""

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(VitrineError):
    """What was given is wrong; giving something else helps."""

    exit_code = 1


class InvalidWidget(InputError):
    """A widget breaks rules; `findings` holds all of them, in path order."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        count = len(findings)
        things = "1 setting breaks" if count == 1 else f"{count} settings break"
        super().__init__(f"{things} a rule.", "; ".join(map(str, findings)))
        self.findings = findings


class NotAWidget(InputError):
    """The bytes are no Vitrine widget file."""


class NewerVersion(InputError):
    """The file was written by a newer Vitrine than this one."""


class TooLarge(InputError):
    """The file is larger than a widget file may be."""


class UnknownProvider(InputError):
    """No provider of that name is installed."""


class NeedsServer(InputError):
    """The widget cannot work from a folder of files alone."""


class WorldError(VitrineError):
    """The disk, the network or another program failed; trying again may help."""
