"""The check before delivery: all that is wrong or worth knowing, without a network.

Each rule is a module of `exporter.audits` with one function `audit(subject)`; a new
file there is a new rule.
"""

from __future__ import annotations

import pkgutil
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any

from exporter import audits as _folder
from exporter.contract.advice import LEVELS, AuditFinding
from exporter.contract.errors import Finding, InputError, InvalidWidget
from exporter.contract.specs import SettingSpec, settings_of
from exporter.files import model_of, read_widget
from exporter.providers.registry import provider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from exporter.contract.provider import Provider
    from exporter.contract.widget import Widget

__all__ = ["AuditFinding", "Subject", "audit", "audit_file"]


@dataclass(frozen=True)
class Subject:
    """A widget under the check; `host` is its server's address, "" if not known."""

    widget: Widget
    host: str = ""

    @cached_property
    def provider(self) -> Provider:
        """The widget's provider."""
        return provider(self.widget.provider)

    @cached_property
    def plain(self) -> dict[str, Any]:
        """The widget as JSON values."""
        return self.widget.plain()

    @cached_property
    def specs(self) -> dict[str, SettingSpec]:
        """The widget's settings by path."""
        return settings_of(type(self.widget))

    @property
    def schemes(self) -> tuple[str, ...]:
        """The colour schemes that a visitor can meet."""
        scheme = self.widget.theme.color_scheme
        return ("light", "dark") if scheme == "auto" else (scheme,)

    def value(self, path: str) -> Any:
        """The JSON value at a setting's path; None where the provider has none."""
        value: Any = self.plain
        for part in path.split("."):
            if not isinstance(value, dict) or part not in value:
                return None
            value = value[part]
        return value

    def shows(self, path: str) -> bool:
        """Whether the setting exists and all that it hangs on is switched on."""
        spec = self.specs.get(path)
        return spec is not None and all(
            self.value(condition.path) in condition.values
            and type(self.value(condition.path)) in set(map(type, condition.values))
            for condition in spec.shown_when
        )

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text of the widget with its path, names of table entries too."""
        yield from _texts("", self.plain)


def audit(widget: Widget, *, host: str = "") -> tuple[AuditFinding, ...]:
    """Every finding for a valid widget, errors first."""
    subject = Subject(widget, host)
    found = [finding for rule in _rules() for finding in rule(subject)]
    return tuple(sorted(found, key=lambda finding: LEVELS.index(finding.level)))


def audit_file(data: bytes, *, host: str = "") -> tuple[AuditFinding, ...]:
    """Every finding for a file; a broken one gives the rules that it breaks."""
    try:
        widget = read_widget(data)
    except InvalidWidget as error:
        specs = settings_of(model_of(data))
        return tuple(_broken(finding, specs) for finding in error.findings)
    except InputError as error:
        rule = "".join(
            f"_{letter.lower()}" if letter.isupper() else letter
            for letter in type(error).__name__
        ).strip("_")
        return (
            AuditFinding("", rule, "error", error.message, _UNREADABLE, error.hint),
        )
    return audit(widget, host=host)


@cache
def _rules() -> tuple[Callable[[Subject], Iterator[AuditFinding]], ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(_folder.__path__))
    return tuple(import_module(f"{_folder.__name__}.{name}").audit for name in names)


_UNREADABLE = "No page can show this widget until its file can be read."
_MENDED = {"greater_than_equal": "minimum", "less_than_equal": "maximum"}


def _broken(finding: Finding, specs: dict[str, SettingSpec]) -> AuditFinding:
    spec = specs.get(finding.path)
    values = {}
    if spec is not None and not finding.rule.endswith("forbidden"):
        values = {spec.path: getattr(spec, _MENDED.get(finding.rule, "default"))}
    return AuditFinding(
        path=finding.path,
        rule=finding.rule,
        level="error",
        message=f"{finding.path or 'The file'} {finding.message}",
        why=_UNREADABLE,
        fix="Take it out of the file." if not values else "Set a value that it takes.",
        values=values,
    )


def _texts(path: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            where = f"{path}.{name}" if path else name
            yield where, name
            yield from _texts(where, inner)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(f"{path}.{index}", inner)
