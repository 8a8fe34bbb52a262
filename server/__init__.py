"""The hosted side: serves widgets, guards their origins, mints sessions, relays.

One ASGI app without a window; the desktop's preview runs this same app on the
loopback for one person. Above it stands `desktop`; below it `exporter`.
"""
