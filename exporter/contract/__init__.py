"""The contract: what a widget is, said once.

Below it stands nothing of ours; `exporter.providers` fills it in, and everything
else (sidebar, preview, server, exports) reads widgets only through it.
"""
