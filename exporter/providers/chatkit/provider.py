"""The ChatKit provider."""

from exporter.contract.provider import Provider, SecretSpec
from exporter.providers.chatkit.runtime import (
    advice,
    faults,
    opens_sessions,
    page_needs,
    runtime_connection,
    standalone,
)
from exporter.providers.chatkit.samples import samples
from exporter.providers.chatkit.settings import ChatKitWidget

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
    advice=advice,
    opens_sessions=opens_sessions,
    secrets=(
        SecretSpec(
            name="openai_api_key",
            title="OpenAI API key",
            help="From the same OpenAI project as the workflow. Kept in this "
            "computer's keychain, never in a file.",
            placeholder="sk-…",
            starts_with="sk-",
            shown_when=("connection.kind", ("hosted",)),
        ),
    ),
)
