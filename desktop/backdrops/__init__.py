"""Pages of people's own to stand behind the widget: images and saved pages.

What is taken in is cleaned (`cleaning.py`, `styles.py`), kept in the data folder
(`shelf.py`) and served by `desktop.preview`; the canvas chooses among them.
"""
