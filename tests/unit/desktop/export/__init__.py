"""What the export windows stand on."""
