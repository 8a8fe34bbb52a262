"""The n8n provider."""

from exporter.contract.provider import Provider, SecretSpec
from exporter.providers.n8n.advice import advice
from exporter.providers.n8n.native import native
from exporter.providers.n8n.relay import AUTH_SECRET, relay_target
from exporter.providers.n8n.runtime import (
    faults,
    page_needs,
    runtime_connection,
    standalone,
)
from exporter.providers.n8n.samples import samples
from exporter.providers.n8n.settings import N8nWidget

PROVIDER = Provider(
    name="n8n",
    title="n8n",
    tagline="A workflow of yours answers",
    widget=N8nWidget,
    runtime_connection=runtime_connection,
    samples=samples,
    faults=faults,
    advice=advice,
    standalone=standalone,
    page_needs=page_needs,
    native=native,
    relay_target=relay_target,
    secrets=(
        SecretSpec(
            name=AUTH_SECRET,
            title="Webhook credentials",
            help="For a Chat Trigger with basic auth: user:password. The server "
            "adds them; the page never sees them.",
            placeholder="user:password",
            shown_when=("connection.access", ("relay",)),
        ),
    ),
)
