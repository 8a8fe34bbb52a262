"""Taking a widget away: the clipboard, files and packages."""
