"""The ChatKit provider."""

from exporter.contract.provider import Provider, SecretSpec
from exporter.providers.chatkit.runtime import (
    faults,
    opens_sessions,
    runtime_connection,
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
