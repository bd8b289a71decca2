"""Everything that may happen to the report of a year."""

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
    "fill_edition",
    "make_edition",
    "note_progress",
    "publish_report",
    "remind_reporters",
    "withdraw_report",
]
