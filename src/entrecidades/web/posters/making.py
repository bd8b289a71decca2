"""A call as a sheet of A4: what, for whom, until when, and the code that leads there."""

import json
from functools import cache
from io import BytesIO
from pathlib import Path

import segno
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.calls.models import Call
from entrecidades.kernel.text import pick
from entrecidades.web.presenters.calls import moment, rules_of

TEMPLATE = Path(__file__).with_name("poster.typ")
#: Facts on a poster; more nobody reads in passing.
FACTS = 4


def qr_svg(address: str) -> bytes:
    """The code that leads to an address; it is read even when a fourth of it is lost."""
    buffer = BytesIO()
    segno.make(address, error="q").save(buffer, kind="svg", border=2, scale=8, xmldecl=False)
    return buffer.getvalue()


def call_poster(call: Call, address: str) -> bytes:
    """The poster of a call, in the reader's language; the same facts are the same bytes."""
    import typst  # noqa: PLC0415 - 80 MB, wanted only by those who print

    title, summary = pick(call.title), pick(call.summary)
    lang, _dash, region = (get_language() or "en").partition("-")
    facts = {
        "lang": lang,
        "region": region.upper(),
        "eyebrow": f"{_('Call')} · {call.programme}",
        "title": title.words,
        "summary": summary.words,
        "until": _("Apply until"),
        "closes": moment(call, call.closes_at),
        "facts": [[one["words"], str(one["value"])] for one in rules_of(call)[:FACTS]],
        "scan": _("Read it and apply here"),
        "address": address,
        "qr": qr_svg(address).decode(),
        "alt": _("A code that leads to the page of the call"),
    }
    told = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return typst.compile(
        _template(),
        sys_inputs={"facts": told},
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["a-2a", "ua-1"],
    )


@cache
def _template() -> bytes:
    """The template, read once."""
    return TEMPLATE.read_bytes()
