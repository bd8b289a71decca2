"""A body's desk as one of its people sees it, and the sections in which it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from entrecidades.audit.models import Trace
from entrecidades.handover.choices import Chapter
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader

Cell = str | int | date | None


@dataclass(frozen=True, slots=True)
class Desk:
    """What a body has at hand at a moment, for a reader; ``deed`` tells a trace in words."""

    body: Entity
    reader: Reader
    at: datetime
    deed: Callable[[Trace], str]

    @property
    def on(self) -> date:
        """The day of the dossier."""
        return self.reader.on


class Column(NamedTuple):
    """A column: its stable English name, its name for the reader, its share of the width."""

    key: str
    label: str
    share: int = 2


class Line(NamedTuple):
    """One fact: a cell for each column, and the address where it stands, if it has one."""

    cells: tuple[Cell, ...]
    address: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of thing on the desk. ``empty`` is what is said when there is none of it."""

    key: str
    chapter: Chapter
    title: str
    empty: str
    columns: tuple[Column, ...]
    lines: list[Line] = field(default_factory=list)
