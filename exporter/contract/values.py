"""The kinds of value a setting can hold, each with the rule it must keep.

A rule's name is stable (it is what `check --json` prints); its sentence ends a
message that starts with the setting's path.
"""

from __future__ import annotations

import ipaddress
import math
import re
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Strict, StringConstraints
from pydantic_core import PydanticCustomError

from exporter.contract.sentences import written

_HEX = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_IMAGE = re.compile(
    r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}"
)
_FONT = re.compile(r"data:font/(?:woff2|woff|ttf|otf);base64,[A-Za-z0-9+/]+={0,2}")
_FAMILY = re.compile(r"[\w][\w .,+'-]*")
_HOST = re.compile(r"[^\s\x00-\x20\x7f\"<>\\^`{|}%/?#@]+")
_NUMBER_HOST = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_LINE_BREAK = re.compile(r"[\n\r\x85\u2028\u2029]")
_ADDRESS_GAP = re.compile(r"[\s\x00-\x1f\x7f\\]")
_SAFE_INTEGER = 2**53 - 1  # what JavaScript holds exactly
_MAX_IMAGE = 700_000  # characters of base64: about 512 KB
_MAX_FONT = 2_800_000  # about 2 MB
_LOCAL_SUFFIXES = (".localhost", ".local", ".internal", ".lan", ".test", ".home.arpa")


def normal_color(value: str) -> str:
    """Turn any CSS colour into "#rrggbb" or, with alpha, "#rrggbbaa"."""
    text = value.strip().lower()
    if not _HEX.fullmatch(text):
        text = _hex_of_css(text)
    if len(text) in (4, 5):
        text = "#" + "".join(digit * 2 for digit in text[1:])
    return text[:7] if text.endswith("ff") and len(text) == 9 else text


def _hex_of_css(text: str) -> str:
    from coloraide import Color  # slow to import and rarely needed

    try:
        color = Color(text[:200]).convert("srgb").fit()
    except (ValueError, TypeError) as error:
        raise PydanticCustomError(
            "color", "is no CSS colour; write it like #0ea5e9"
        ) from error
    return str(color.to_string(hex=True, comma=False))


def is_local_host(host: str) -> bool:
    """Whether only this machine or its own network can answer at `host`."""
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        if _NUMBER_HOST.fullmatch(host):
            return False  # browsers read it as an IPv4 address of any network
        return host == "localhost" or host.endswith(_LOCAL_SUFFIXES) or "." not in host
    return address.is_private or address.is_loopback or address.is_link_local


def web_address(value: str) -> str:
    """Accept "" or an http(s) address; plain http only where nobody listens in."""
    if not value:
        return value
    if _ADDRESS_GAP.search(value):
        raise PydanticCustomError("url", "is no web address; it has a blank in it")
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise PydanticCustomError("url", "is no web address") from error
    if parts.scheme not in ("http", "https") or not host or not _is_host(host):
        raise PydanticCustomError(
            "url", "is no web address; it starts with https:// and names a host"
        )
    if parts.username is not None or parts.password is not None:
        raise PydanticCustomError(
            "url_userinfo", "holds a user name or password; keep them as a secret"
        )
    if parts.scheme == "http" and not is_local_host(host):
        raise PydanticCustomError(
            "url_https", "is plain http on a public host; use https://"
        )
    return value


def _is_host(host: str) -> bool:
    return _HOST.fullmatch(host) is not None and ".." not in host


def _link(value: str) -> str:
    if value.startswith(("mailto:", "tel:")) and not _ADDRESS_GAP.search(value):
        return value
    return web_address(value)


def _image(value: str) -> str:
    if value.startswith("data:"):
        return _data(value, _IMAGE, _MAX_IMAGE, "image", "PNG, JPEG, GIF, WebP or SVG")
    return _https(value)


def _font_source(value: str) -> str:
    if value.startswith("data:"):
        return _data(value, _FONT, _MAX_FONT, "font", "WOFF2, WOFF, TTF or OTF")
    if not value:
        raise PydanticCustomError("font", "names no font file")
    return _https(value)


def _https(value: str) -> str:
    if value and urlsplit(web_address(value)).scheme != "https":
        raise PydanticCustomError("url_https", "must be an https:// address")
    return value


def _data(value: str, rule: re.Pattern[str], most: int, kind: str, forms: str) -> str:
    if len(value) > most:
        limit = most * 3 // 4 // 1024
        raise PydanticCustomError(f"{kind}_size", f"is larger than {limit} KB")
    if not rule.fullmatch(value):
        raise PydanticCustomError(kind, f"is no {kind} file; use {forms}")
    return value


def _text(value: str) -> str:
    if _CONTROL.search(value):
        raise PydanticCustomError("control_character", "holds a control character")
    return value


def _line(value: str) -> str:
    if _LINE_BREAK.search(value):
        raise PydanticCustomError("line_break", "must be one line")
    return _text(value)


def _name(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("blank", "must not be blank")
    return _line(value)


def _scalar(value: Any) -> Any:
    if not isinstance(value, bool | int | float | str):
        raise PydanticCustomError("scalar", "must be text, a number, true or false")
    if isinstance(value, float) and not math.isfinite(value):
        raise PydanticCustomError("finite_number", "must be a finite number")
    if isinstance(value, int) and abs(value) > _SAFE_INTEGER:
        raise PydanticCustomError(
            "safe_integer", "is too large for a number in a page; write it as text"
        )
    return value


def _entry_name(value: str) -> str:
    if value == "__proto__":
        raise PydanticCustomError("reserved_name", "is a name that scripts reserve")
    return value


def _family(value: str) -> str:
    if not _FAMILY.fullmatch(value):
        raise PydanticCustomError(
            "font_family", "is no font name; use letters, digits, blanks and . , + ' -"
        )
    return value


Color = Annotated[str, AfterValidator(normal_color)]
"""A CSS colour, kept as "#rrggbb" or "#rrggbbaa" in lower case."""
WebAddress = Annotated[
    str, StringConstraints(max_length=2048), AfterValidator(web_address)
]
"""Empty, https, or http on a local host."""
Link = Annotated[str, StringConstraints(max_length=2048), AfterValidator(_link)]
"""A web address, mailto: or tel:."""
Image = Annotated[str, AfterValidator(_image)]
"""Empty, an https address, or a data: image of at most 512 KB."""
FontSource = Annotated[str, AfterValidator(_font_source)]
"""An https address of a font file, or a data: font of at most 2 MB."""
FontFamily = Annotated[str, StringConstraints(max_length=80), AfterValidator(_family)]
Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(_line)]
"""One line a visitor reads."""
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_text)]
"""Several lines a visitor reads; Markdown where the setting says so."""
Name = Annotated[
    str, StringConstraints(min_length=1, max_length=120), AfterValidator(_name)
]
Identifier = Annotated[
    str,
    StringConstraints(
        pattern=written(
            r"^[A-Za-z0-9_.:-]{1,64}$",
            "takes 1 to 64 letters, digits and the signs _ . : -",
        )
    ),
    AfterValidator(_entry_name),
]
EntryName = Annotated[
    str, StringConstraints(min_length=1, max_length=100), AfterValidator(_entry_name)
]
"""The name of an entry in a table."""

type_of_list = Strict(False)
"""Lets a JSON list fill a tuple; everything inside stays strict."""

Scalar = Annotated[
    bool | int | float | Annotated[str, StringConstraints(max_length=2000)],
    BeforeValidator(_scalar),
]
"""What metadata may hold: yes or no, a number, or text."""


def plain(value: Any) -> Any:
    """The JSON form of a setting's value: tuples as lists, groups as objects."""
    if hasattr(value, "model_dump"):
        return value.model_dump(mode="json")
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    return value
