"""Tests of exporter/, file by file."""
