"""What the app can do, as data: name, words, keys, group, icon.

`name` is the method of the studio that does it.
"""

from __future__ import annotations

from typing import NamedTuple


class CommandEntry(NamedTuple):
    """One command; `shortcut` in Qt's words, several parted by "|"."""

    name: str
    title: str
    shortcut: str
    group: str
    icon: str


COMMANDS = (
    CommandEntry("library", "All widgets", "Ctrl+L", "Go", "layout-grid"),
    CommandEntry("find_setting", "Find a setting", "Ctrl+F", "Go", "search"),
    CommandEntry("next_part", "Next part of the window", "F6", "Go", "arrow-right"),
    CommandEntry(
        "previous_part", "Part of the window before", "Shift+F6", "Go", "arrow-left"
    ),
    CommandEntry("toggle_inspector", "Inspector", "Ctrl+I", "View", "panel-right"),
    CommandEntry("show_code", "Embed code", "Ctrl+Shift+E", "View", "code"),
    CommandEntry(
        "show_check", "Check before delivery", "Ctrl+Shift+K", "View", "list-checks"
    ),
    CommandEntry("show_session", "Session", "Ctrl+Shift+L", "View", "key-round"),
    CommandEntry("new_widget", "New widget", "Ctrl+N", "Widget", "plus"),
    CommandEntry("open_file", "Open a file…", "Ctrl+O", "Widget", "folder-open"),
    CommandEntry("paste", "Paste embed code…", "", "Widget", "clipboard-paste"),
    CommandEntry("rename", "Rename", "F2", "Widget", "pencil"),
    CommandEntry("move_on", "Move to another backend…", "", "Widget", "route"),
    CommandEntry("duplicate", "Duplicate", "Ctrl+D", "Widget", "copy-plus"),
    CommandEntry(
        "export_file", "Save the config file…", "Ctrl+S", "Widget", "file-down"
    ),
    CommandEntry("export", "Export…", "Ctrl+E", "Widget", "share"),
    CommandEntry("publish", "Publish…", "Ctrl+Shift+U", "Widget", "upload"),
    CommandEntry("copy_embed", "Copy embed code", "Ctrl+Shift+C", "Widget", "copy"),
    CommandEntry("undo", "Undo", "Ctrl+Z", "Edit", "undo-2"),
    CommandEntry("redo", "Redo", "Ctrl+Shift+Z|Ctrl+Y", "Edit", "redo-2"),
    CommandEntry("mode_popup", "Popup", "1", "Mode", "message-circle"),
    CommandEntry("mode_inline", "Inline", "2", "Mode", "panel-top"),
    CommandEntry("mode_fullpage", "Full page", "3", "Mode", "maximize"),
    CommandEntry("mode_portal", "Portal", "4", "Mode", "app-window"),
    CommandEntry("toggle_scheme", "Light or dark", "T", "Preview", "sun-moon"),
    CommandEntry("pick_device", "Device…", "D", "Preview", "smartphone"),
    CommandEntry("add_device", "One more device…", "Shift+D", "Preview", "plus"),
    CommandEntry(
        "duplicate_device",
        "Duplicate the device",
        "Ctrl+Shift+D",
        "Preview",
        "copy-plus",
    ),
    CommandEntry("close_device", "Close the device", "Ctrl+W", "Preview", "x"),
    CommandEntry("next_device", "Next device", "]", "Preview", "chevron-right"),
    CommandEntry("previous_device", "Device before", "[", "Preview", "chevron-left"),
    CommandEntry("rotate", "Turn the device", "R", "Preview", "rotate-ccw-square"),
    CommandEntry(
        "toggle_chat", "Open or close the chat", "O", "Preview", "message-square"
    ),
    CommandEntry("new_device", "New device…", "", "Preview", "circle-plus"),
    CommandEntry("edit_device", "Edit the device…", "", "Preview", "pencil"),
    CommandEntry("delete_device", "Delete the own device", "", "Preview", "trash-2"),
    CommandEntry("undo_wall", "Undo on the wall", "Alt+Z", "Preview", "undo-2"),
    CommandEntry("redo_wall", "Redo on the wall", "Alt+Shift+Z", "Preview", "redo-2"),
    CommandEntry("choose_site", "The page behind…", "B", "Preview", "globe"),
    CommandEntry(
        "choose_site_file", "An image or saved page behind…", "", "Preview", "image"
    ),
    CommandEntry("write_scenario", "Write a conversation…", "", "Preview", "pencil"),
    CommandEntry("toggle_time", "Stop time, or let it run", "P", "Preview", "pause"),
    CommandEntry("toggle_mirror", "Mirror the devices", "M", "Preview", "link-2"),
    CommandEntry("next_contrast", "Next contrast", "C", "Preview", "contrast"),
    CommandEntry(
        "next_text_size", "Next text size", "Shift+T", "Preview", "a-large-small"
    ),
    CommandEntry(
        "toggle_motion", "Less motion, or as usual", "Shift+M", "Preview", "wind"
    ),
    CommandEntry("next_network", "Next slower network", "N", "Preview", "wifi"),
    CommandEntry(
        "toggle_offline", "Offline, or on line again", "Shift+N", "Preview", "wifi-off"
    ),
    CommandEntry("zoom_in", "Zoom in", "Ctrl++|Ctrl+=", "Preview", "zoom-in"),
    CommandEntry("zoom_out", "Zoom out", "Ctrl+-", "Preview", "zoom-out"),
    CommandEntry("zoom_fit", "Zoom to fit", "Ctrl+0", "Preview", "scan"),
    CommandEntry(
        "reload_preview", "Reload the preview", "Ctrl+R|F5", "Preview", "rotate-cw"
    ),
    CommandEntry("show_on_phone", "See it on a phone…", "", "Preview", "qr-code"),
    CommandEntry(
        "save_picture", "Save a picture…", "Ctrl+Shift+P", "Preview", "camera"
    ),
    CommandEntry("copy_picture", "Copy a picture", "Ctrl+Alt+C", "Preview", "copy"),
    CommandEntry(
        "save_sheet", "Save a contact sheet…", "Ctrl+Alt+P", "Preview", "layout-grid"
    ),
    CommandEntry("copy_sheet", "Copy a contact sheet", "", "Preview", "copy"),
    CommandEntry(
        "save_states", "Save a sheet of every state…", "", "Preview", "layout-grid"
    ),
    CommandEntry(
        "save_sign_off", "Save a PDF for sign-off…", "", "Preview", "file-text"
    ),
    CommandEntry(
        "appearance_auto", "Appearance: follow the system", "", "App", "monitor"
    ),
    CommandEntry("appearance_light", "Appearance: light", "", "App", "sun"),
    CommandEntry("appearance_dark", "Appearance: dark", "", "App", "moon"),
    CommandEntry("palette", "Find a command", "Ctrl+K", "App", "command"),
    CommandEntry("quit", "Quit", "Ctrl+Q", "App", "log-out"),
)
EARLY = ("palette", "quit", "appearance_auto", "appearance_light", "appearance_dark")
"""What works before a widget is open."""
