"""What the JSON interface answers: each field once, with what it means."""

from typing import Self

from ninja import Field, Schema

from entrecidades.matching.selectors import Subject, Suggestion
from entrecidades.network.models import Entity, Place
from entrecidades.themes.models import Theme


class Problem(Schema):
    """An answer that is no success."""

    detail: str = Field(description="What is wrong and how to mend it")


class PlaceLine(Schema):
    """A city, town or village."""

    id: str = Field(description="Permanent public id: country and slug", examples=["mz/maputo"])
    geonameid: int | None = Field(description="Identifier in GeoNames")
    name: str
    country: str = Field(description="ISO 3166-1 alpha-2")
    region: str = Field(description="First-level division; empty where unknown")
    population: int | None = Field(description="Inhabitants; null where unknown")
    latitude: float
    longitude: float
    timezone: str

    @classmethod
    def of(cls, place: Place) -> Self:
        """The line of one place."""
        return cls(
            id=place.public_id,
            geonameid=place.geonameid,
            name=place.name,
            country=place.country_id,
            region=place.region.name if place.region else "",
            population=place.population or None,
            latitude=place.latitude,
            longitude=place.longitude,
            timezone=place.timezone,
        )


class EntityLine(Schema):
    """A body of the network."""

    id: str = Field(description="Permanent public id: country and slug", examples=["br/fnp"])
    name: str
    acronym: str
    kind: str
    tier: str
    country: str
    identifiers: dict[str, str] = Field(description="Scheme → value")
    seat: str | None = Field(description="Public id of the place of its seat")

    @classmethod
    def of(cls, entity: Entity) -> Self:
        """The line of one body, whose seat and identifiers have been read along."""
        return cls(
            id=f"{entity.country_id.lower()}/{entity.slug}",
            name=entity.name,
            acronym=entity.acronym,
            kind=entity.kind,
            tier=entity.tier,
            country=entity.country_id,
            identifiers={one.scheme: one.value for one in entity.identifiers.all()},
            seat=entity.seat.public_id if entity.seat else None,
        )


class ThemeLine(Schema):
    """A subject of cooperation with its codes."""

    slug: str
    axis: str | None = Field(description="Slug of its axis; null for an axis")
    label: dict[str, str] = Field(description="Language → label")
    synonyms: dict[str, list[str]] = Field(description="Language → words people use")
    dac: list[str] = Field(description="DAC/CRS purpose codes")
    sdg: list[str] = Field(description="SDG targets")
    cofog: list[str] = Field(description="COFOG classes")

    @classmethod
    def of(cls, theme: Theme) -> Self:
        """The line of one theme, whose axis has been read along."""
        return cls(
            slug=theme.slug,
            axis=theme.axis.slug if theme.axis else None,
            label=theme.label,
            synonyms=theme.synonyms,
            dac=theme.dac,
            sdg=theme.sdg,
            cofog=theme.cofog,
        )


class Line(Schema):
    """A place or body in a list of counterparts."""

    id: str
    name: str
    country: str

    @classmethod
    def of(cls, subject: Subject) -> Self:
        """The line of one place or body."""
        return cls(
            id=f"{subject.country_id.lower()}/{subject.slug}",
            name=subject.name,
            country=subject.country_id,
        )


class ReasonLine(Schema):
    """One part of a score."""

    part: str = Field(description="Code of the part")
    weight: float = Field(description="Most points that the part can give; all add up to 100")
    score: float = Field(description="From 0 to 1")
    text: str = Field(description="The reason in the language asked for")


class SuggestionLine(Line):
    """A counterpart with its score and every reason."""

    score: float = Field(description="Sum over the parts of weight times score, 0 to 100")
    reasons: list[ReasonLine]

    @classmethod
    def of_suggestion(cls, suggestion: Suggestion) -> Self:
        """The line of one suggestion."""
        reasons = [
            ReasonLine(
                part=r.part, weight=round(r.weight, 4), score=round(r.score, 6), text=r.text
            )
            for r in suggestion.reasons
        ]
        line = Line.of(suggestion.subject)
        return cls(**line.dict(), score=round(suggestion.score, 4), reasons=reasons)


class Suggestions(Schema):
    """The counterparts of one place or body, best first."""

    place: Line
    suggestions: list[SuggestionLine]
