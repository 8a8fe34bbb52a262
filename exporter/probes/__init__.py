"""What is looked at over the network before delivery, one rule a file.

Each has `probe(subject, world)`, which yields findings; `exporter.online` runs them.
"""
