"""The ChatKit provider."""

from exporter.contract.provider import Provider, SecretSpec
from exporter.contract.session import SessionSpec
from exporter.providers.chatkit.brain import (
    MODEL_KEY_SECRET,
    WEBHOOK_SECRET,
    brain,
)
from exporter.providers.chatkit.ending import ending
from exporter.providers.chatkit.native import native
from exporter.providers.chatkit.runtime import (
    advice,
    faults,
    opens_sessions,
    page_needs,
    runtime_connection,
    standalone,
)
from exporter.providers.chatkit.samples import samples
from exporter.providers.chatkit.session import (
    API_KEY_SECRET,
    session_fault,
    session_request,
)
from exporter.providers.chatkit.settings import ChatKitWidget

IDENTITY_SECRET = "visitor_identity"
"""As the server's vault names it (`server/visitors/identity.py`)."""

PROVIDER = Provider(
    name="chatkit",
    title="ChatKit",
    tagline="OpenAI's own chat",
    widget=ChatKitWidget,
    runtime_connection=runtime_connection,
    samples=samples,
    faults=faults,
    standalone=standalone,
    page_needs=page_needs,
    native=native,
    advice=advice,
    ending=ending,
    opens_sessions=opens_sessions,
    brain=brain,
    session=SessionSpec(API_KEY_SECRET, session_request, session_fault),
    secrets=(
        SecretSpec(
            name=API_KEY_SECRET,
            title="OpenAI API key",
            help="From the same OpenAI project as the workflow. Kept in this "
            "computer's keychain, never in a file.",
            placeholder="sk-…",
            starts_with="sk-",
            shown_when=("connection.kind", ("hosted",)),
        ),
        SecretSpec(
            name=MODEL_KEY_SECRET,
            title="Model's API key",
            help="For the base address above. A model server on your own computer "
            "usually needs none.",
            placeholder="sk-…",
            shown_when=("connection.kind", ("openai",)),
        ),
        SecretSpec(
            name=WEBHOOK_SECRET,
            title="Webhook credentials",
            help="For a Chat Trigger with basic auth: user:password. The server "
            "adds them; the page never sees them.",
            placeholder="user:password",
            shown_when=("connection.kind", ("n8n",)),
        ),
        SecretSpec(
            name=IDENTITY_SECRET,
            title="Visitors’ identity key",
            help="Only where your site knows its visitors: it signs their id with "
            "this, so that conversations follow them. Make one with “openssl rand "
            "-hex 32”; Export has the code, under “Visitors you know”.",
            shown_when=("connection.kind", ("hosted", "n8n", "openai")),
        ),
    ),
)
