"""The routes that may take their time: sessions, relay, events; by FastAPI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI

if TYPE_CHECKING:
    from server.parts import Policy, Secrets, Widgets


def create_api(widgets: Widgets, secrets: Secrets, policy: Policy) -> FastAPI:
    """The API's app from the server's parts."""
    return FastAPI(title="Vitrine", version="1", docs_url=None, redoc_url=None)
