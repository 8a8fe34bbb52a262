"""Loopback servers that keep to the vendors' contracts as strictly as they do."""
