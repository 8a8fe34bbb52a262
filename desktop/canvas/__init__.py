"""The canvas: the widget, live, on simulated devices.

Stands between the document (`desktop.document`) and the preview's host
(`desktop.preview`); `canvas.py` puts the parts together, `hub.py` makes the screens
true, `shot.py` takes the pictures. Knows no provider by name.
"""
