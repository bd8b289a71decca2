"""The process in which one file is looked at: asked on its input, answered on its output."""

import json
import sys
from base64 import b64decode
from datetime import datetime

from entrecidades.engines.seals.child import be_modest
from entrecidades.engines.seals.findings import Trust
from entrecidades.engines.seals.looking import look_at

if __name__ == "__main__":
    be_modest()
    asked, _line, content = sys.stdin.buffer.read().partition(b"\n")
    facts = json.loads(asked)
    trust = Trust(
        tuple(b64decode(one) for one in facts["roots"]),
        tuple(b64decode(one) for one in facts["revocations"]),
    )
    report = look_at(content, trust, at=datetime.fromisoformat(facts["at"]))
    sys.stdout.write(json.dumps(report.told()))
