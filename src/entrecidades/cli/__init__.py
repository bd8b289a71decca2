"""The ``entrecidades`` command: every administrative act, with progress and exit codes."""
