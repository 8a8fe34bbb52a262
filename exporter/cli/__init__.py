"""The command line's jobs, one file a command.

Each module says its arguments (`add_arguments`) and does its job (`run`, which
answers the exit code); `runner` turns errors into sentences. Above stands
`main.py` with the table of names; commands of the server live in `server.cli`.
"""
