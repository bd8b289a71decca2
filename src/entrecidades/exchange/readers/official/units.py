"""What the official lists of local governments have in common once they are read."""

from dataclasses import dataclass, field

from entrecidades.exchange.readers.problems import Problem
from entrecidades.network.choices import NameKind, Tier


@dataclass(frozen=True, slots=True)
class Code:
    """A number under a scheme: "BR-IBGE" 4106902."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """What a body is called besides, in a language ("" where it is not known)."""

    language: str
    name: str
    kind: str = NameKind.SHORT


@dataclass(frozen=True, slots=True)
class Unit:
    """A local government as a list tells of it; what the list does not tell is empty or None.

    ``country`` is the ISO code under which its places are kept. ``division``
    is the name of the first-level division it lies in. ``geonameid`` is given
    where the list itself says which place it is.
    """

    row: int
    code: Code
    name: str
    tier: str
    country: str
    parent: Code | None = None
    division: str = ""
    more_codes: tuple[Code, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    timezone: str = ""
    geonameid: int | None = None
    source_url: str = ""

    @property
    def is_seated(self) -> bool:
        """Whether it is the government of one place."""
        return self.tier == Tier.MUNICIPALITY


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a list comes from, in which language it names, and whether its rows may be new bodies.

    A list of places rather than of governments (``makes_bodies`` False) links
    what the gazetteer knows and adds nothing else.
    """

    country: str
    language: str
    title: str
    url: str
    makes_bodies: bool = True


@dataclass(frozen=True, slots=True)
class OfficialList:
    """A list as read: its units, what is wrong, and what was left aside."""

    origin: Origin
    file_name: str
    digest: str
    units: tuple[Unit, ...] = ()
    problems: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Reading:
    """What has been read so far."""

    units: list[Unit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
