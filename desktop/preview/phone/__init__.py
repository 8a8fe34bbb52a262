"""The preview on a real phone: a second listener, on the network, only while wanted.

`listener.py` opens and closes it on the preview host's loop, `door.py` says who may
come in, `gate.py` what they can reach, `feed.py` keeps their pages at what the canvas
shows, `network.py` knows this computer's addresses.
"""
