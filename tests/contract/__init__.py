"""Tests that every provider must pass, run over the registry."""
