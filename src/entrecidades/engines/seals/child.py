"""The process in which a file is looked at or signed: bounded, and without our surroundings."""

import os
import subprocess
import sys

#: Seconds of computing; bytes of memory.
COMPUTING, MEMORY = 60, 1_500_000_000
#: All that a child knows of where it runs.
WANTED = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "HOME", "LANG", "SYSTEMROOT")


def run_apart(program: str, asked: bytes, *, patience: float) -> bytes:
    """What a program of ours answers to what it is asked on its input.

    Raises
    ------
    subprocess.TimeoutExpired
        When it takes longer than so many seconds.
    subprocess.CalledProcessError
        When it breaks, or is stopped by the machine.
    """
    made = subprocess.run(  # noqa: S603 - our own program, no words of anybody
        [sys.executable, "-m", program],
        input=asked,
        capture_output=True,
        timeout=patience,
        env={name: os.environ[name] for name in WANTED if name in os.environ},
        check=True,
    )
    return made.stdout


def be_modest() -> None:
    """Let the machine stop what computes too long or takes too much."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING, COMPUTING))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
