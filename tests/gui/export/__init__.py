"""The export and publish windows, through their own controls."""
