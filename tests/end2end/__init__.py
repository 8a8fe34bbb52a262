"""Tests that start real processes and talk to them from outside."""
