"""The process in which one file is looked at: asked on its input, answered on its output."""

import json
import sys
from base64 import b64decode
from datetime import datetime

from entrecidades.engines.seals.apart import COMPUTING, MEMORY
from entrecidades.engines.seals.findings import Trust
from entrecidades.engines.seals.looking import look_at


def _be_modest() -> None:
    """Let the machine stop what computes too long or takes too much."""
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (COMPUTING, COMPUTING))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _be_modest()
    asked, _line, content = sys.stdin.buffer.read().partition(b"\n")
    facts = json.loads(asked)
    trust = Trust(
        tuple(b64decode(one) for one in facts["roots"]),
        tuple(b64decode(one) for one in facts["revocations"]),
    )
    report = look_at(content, trust, at=datetime.fromisoformat(facts["at"]))
    sys.stdout.write(json.dumps(report.told()))
