"""Tests of the same folder of the exporter."""
