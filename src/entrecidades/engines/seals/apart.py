"""Look at a file in a process of its own: what a forged one may break or fill is not ours."""

import json
import os
import subprocess
import sys
from base64 import b64encode
from datetime import datetime

from entrecidades.engines.seals.findings import Reason, Report, Trust, report_of

#: Seconds on the clock, and of computing; bytes of memory.
PATIENCE, COMPUTING, MEMORY = 60, 30, 1_500_000_000


def look_apart(content: bytes, trust: Trust, *, at: datetime) -> Report:
    """The report of `looking.look_at`, made apart; a file that takes too long is not in order."""
    asked = {
        "roots": [b64encode(one).decode() for one in trust.roots],
        "revocations": [b64encode(one).decode() for one in trust.revocations],
        "at": at.isoformat(),
    }
    command = [sys.executable, "-m", "entrecidades.engines.seals"]
    wanted = ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "HOME", "LANG", "SYSTEMROOT")
    surroundings = {name: os.environ[name] for name in wanted if name in os.environ}
    try:
        made = subprocess.run(  # noqa: S603 - our own program, no words of anybody
            command,
            input=json.dumps(asked).encode() + b"\n" + content,
            capture_output=True,
            timeout=PATIENCE,
            env=surroundings,
            check=True,
        )
        return report_of(json.loads(made.stdout))
    except (subprocess.SubprocessError, ValueError):
        return Report(reasons=(Reason.TOO_LONG,), is_signed=b"/ByteRange" in content)
