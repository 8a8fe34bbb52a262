"""What is timed as a process of its own: a floor, or ours."""
