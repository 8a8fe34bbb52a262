"""A page's address instead of its code: fetched once, politely, with limits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from exporter.contract.errors import InputError, WorldError
from exporter.importing import Imported, import_widget
from exporter.world import NoAnswer, World

if TYPE_CHECKING:
    import httpx

_SCRIPT = re.compile(r"<script\b[^>]*\bsrc\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_MOST_SCRIPTS = 5
_VENDORS = re.compile(r"n8n|chat|typebot|flowise|bot|widget|main|app", re.IGNORECASE)


def is_address(source: str) -> bool:
    """Whether a source is a page's address rather than a file's name."""
    return urlsplit(source).scheme in ("http", "https")


def import_page(address: str, client: httpx.Client) -> Imported:
    """The widget that a page carries, in its own code or in a script of its own site.

    Raises InputError where there is none, WorldError where the page does not come.
    """
    world = World(client)
    try:
        answer = world.visit(address)
    except NoAnswer as reason:
        raise WorldError(f"{address} {reason}.", "Check the address.") from reason
    if answer.status >= 400:
        raise WorldError(
            f"{address} answers {answer.status}.",
            "Open the page in a browser, and paste the snippet from its source.",
        )
    try:
        return import_widget(answer.text)
    except InputError as nothing:
        found = _in_scripts(world, answer.url, answer.text)
        if found is None:
            raise InputError(
                f"{address} carries no widget that is known.",
                "It may come by a tag manager: paste the snippet itself.",
            ) from nothing
        return found


def _in_scripts(world: World, page: str, text: str) -> Imported | None:
    """Look into the page's own scripts, likely ones only, and not many."""
    addresses = (urljoin(page, found) for found in _SCRIPT.findall(text))
    own = [
        address
        for address in dict.fromkeys(addresses)
        if urlsplit(address).netloc == urlsplit(page).netloc
        and _VENDORS.search(urlsplit(address).path)
    ]
    for address in own[:_MOST_SCRIPTS]:
        try:
            answer = world.visit(address)
            if answer.status == 200:
                return import_widget(answer.text)
        except (NoAnswer, InputError):
            continue
    return None
