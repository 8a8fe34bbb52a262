"""Workflows that wait for the visitor: their WebSocket, carried through the server.

`starting` puts the socket's address into the answer that begins a talk, `carrying`
moves its frames, `pressing` its buttons' links; `tickets` seals what the page must not
see. Beside it stands `server.relay`; above it the routes (`server.api`).
"""
