"""Look at a file in a process of its own: what a forged one may break or fill is not ours."""

import json
import subprocess
from base64 import b64encode
from datetime import datetime

from entrecidades.engines.seals.child import run_apart
from entrecidades.engines.seals.findings import Reason, Report, Trust, report_of

#: Seconds on the clock.
PATIENCE = 60.0
PROGRAM = "entrecidades.engines.seals"


def look_apart(
    content: bytes, trust: Trust, *, at: datetime, patience: float = PATIENCE
) -> Report:
    """The report of `looking.look_at`, made apart; of what breaks it or takes longer, none."""
    asked = {
        "roots": [b64encode(one).decode() for one in trust.roots],
        "revocations": [b64encode(one).decode() for one in trust.revocations],
        "at": at.isoformat(),
    }
    is_signed = b"/ByteRange" in content
    try:
        told = run_apart(PROGRAM, json.dumps(asked).encode() + b"\n" + content, patience=patience)
        return report_of(json.loads(told))
    except subprocess.TimeoutExpired:
        return Report(reasons=(Reason.TOO_LONG,), is_signed=is_signed)
    except (subprocess.SubprocessError, OSError, ValueError):
        return Report(reasons=(Reason.CRASHED,), is_signed=is_signed)
