"""The Qt app in which a designer sets up a widget and sees it live.

The only package that imports PySide6. `main` starts it; below it stand `server`,
whose app its preview runs, and `exporter`, which it asks for everything it shows.
"""
