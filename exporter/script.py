"""The script behind one address per widget: the loader with its two values.

Whatever happens inside stays inside: the page it runs in never sees an exception.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.bundle import RuntimeBundles

_ESCAPES = {"<": r"\u003c", ">": r"\u003e", "&": r"\u0026"}
_BARE = re.compile("[A-Za-z_]+")
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def widget_script(
    config: dict[str, Any], host: dict[str, Any], bundles: RuntimeBundles
) -> str:
    """The script of a widget; `config` and `host` as docs/architecture.md has them.

    Outside the preview, where nobody patches in what was left off, it goes without.
    """
    if host.get("kind") not in (None, "preview"):
        config, host = lean(config), {**host, "runtime": _first(host["runtime"])}
    return (
        f"try{{({bundles.loader})({script_literal(config)},{script_literal(host)})}}"
        'catch(e){console.error("Vitrine:",e)}\n'
    )


def lean(config: dict[str, Any]) -> dict[str, Any]:
    """A config without the details of what its owner switched off or left empty.

    What goes out with messages, under `connection`, stays as it is.
    """
    return {
        name: value if name == "connection" else _lean(value)
        for name, value in config.items()
    }


def _lean(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value.get("enabled") is False:
        return {"enabled": False}
    return {name: _lean(inner) for name, inner in value.items() if inner != ""}


def _first(runtime: dict[str, str]) -> dict[str, str]:
    """The one address that a page needs: the others lie beside it."""
    return {name: path for name, path in runtime.items() if name == "chat"}


def disabled_script(reason: str) -> str:
    """A script that only says once, in the console, why no chat is here."""
    return f"console.info({script_json('Vitrine: ' + reason)});\n"


def script_json(value: Any) -> str:
    """JSON as a JavaScript expression, safe in a script element and in a file.

    As a literal it is smaller; a key "__proto__" would set the prototype there, so
    with one the text goes through JSON.parse.
    """
    text = _dumps(value)
    if '"__proto__"' in text:
        return f"JSON.parse({_dumps(json.dumps(value))})"
    return text


def script_literal(value: Any) -> str:
    """What `script_json` says in fewer signs: names stand bare where they can."""
    if '"__proto__"' in _dumps(value):
        return script_json(value)
    return _literal(value)


def _literal(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{_key(name)}:{_literal(inner)}" for name, inner in value.items())
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{','.join(map(_literal, value))}]"
    return _dumps(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _dumps(name)


def _dumps(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f"\\u{ord(match[0]):04x}"
