"""Everything that may happen to the report of a year, and what parties declare for it."""

from entrecidades.reporting.services.declaring import (
    chase,
    declare,
    open_campaign,
    remind_declarants,
)
from entrecidades.reporting.services.editions import fill_edition, note_progress
from entrecidades.reporting.services.years import (
    begin_report,
    make_edition,
    publish_report,
    remind_reporters,
    withdraw_report,
)

__all__ = [
    "begin_report",
    "chase",
    "declare",
    "fill_edition",
    "make_edition",
    "note_progress",
    "open_campaign",
    "publish_report",
    "remind_declarants",
    "remind_reporters",
    "withdraw_report",
]
