"""What stops a command: one clear sentence on stderr, and an exit code that is not 0."""


class Stop(Exception):
    """The command cannot go on; the message is for the person at the terminal."""

    def __init__(self, message: str, *, hints: list[str] | None = None, code: int = 2) -> None:
        super().__init__(message)
        self.hints = hints or []
        self.code = code
