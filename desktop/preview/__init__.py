"""The loopback host: the server's own app, in this process, for one person.

`host.py` owns the socket and the thread; what differs from the hosted server are the
parts it is given (`widgets.py`, `policy.py`) and the guard before it (`guard.py`).
`session.py` tells the window how the live session stands.
"""
