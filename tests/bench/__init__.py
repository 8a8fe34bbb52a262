"""`make bench`: every number we hold, as a ratio measured in one run."""
