"""Tests of the command line, in this process; `end2end` starts real ones."""
