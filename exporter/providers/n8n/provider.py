"""The n8n provider."""

from exporter.contract.provider import Provider, SecretSpec
from exporter.providers.n8n.runtime import faults, runtime_connection
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
    secrets=(
        SecretSpec(
            name="webhook_auth",
            title="Webhook credentials",
            help="For a Chat Trigger with basic auth: user:password. The server "
            "adds them; the page never sees them.",
            placeholder="user:password",
            shown_when=("connection.access", ("relay",)),
        ),
    ),
)
