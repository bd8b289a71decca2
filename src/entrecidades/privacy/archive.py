"""A person's own data as one file: JSON for programs, a page for people."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from entrecidades.privacy.selectors.copy import Kind

FORMAT = "entrecidades-my-data/1"


def told_as_json(kinds: Sequence[Kind], *, at: datetime) -> str:
    """Everything, by kind, with the moment at which it was so."""
    told = {
        "format": FORMAT,
        "at": at.isoformat(),
        "kinds": [{**asdict(kind), "fates": sorted(kind.fates)} for kind in kinds],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def archive(kinds: Sequence[Kind], page: str, *, at: datetime) -> bytes:
    """A ZIP with `my-data.json` and `my-data.html`; the same content makes the same bytes."""
    packed = BytesIO()
    with ZipFile(packed, "w") as file:
        for name, content in (
            ("my-data.json", told_as_json(kinds, at=at)),
            ("my-data.html", page),
        ):
            entry = ZipInfo(name, at.timetuple()[:6])
            entry.compress_type = ZIP_DEFLATED
            file.writestr(entry, content)
    return packed.getvalue()
