"""The server's jobs on the command line, one file a command.

Each says its arguments (`add_arguments`) and does its job (`run`), as those of
`exporter.cli`, whose runner turns errors into sentences.
"""
