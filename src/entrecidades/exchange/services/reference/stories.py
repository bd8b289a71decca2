"""The relations between countries, their programmes and encounters."""

from collections.abc import Iterable, Mapping
from typing import Any

from entrecidades.cooperation.choices import Standing
from entrecidades.cooperation.models import Axis, Coordination, Programme, Relation
from entrecidades.encounters.models import Encounter, Series
from entrecidades.exchange.readers.reference import ReferenceFile
from entrecidades.exchange.services.reference.sources import place_of, sourced
from entrecidades.network.models import Entity
from entrecidades.themes.models import Theme

STANDINGS = {
    "consolidated": Standing.CONSOLIDATED,
    "being_formalised": Standing.EMERGING,
    "formalised": Standing.FORMALISED,
    "programme": Standing.PROGRAMME,
}


def load_relations(file: ReferenceFile) -> int:
    """Write the relations by their keys."""
    for record in file.content["relation"]:
        since = record.get("since", {})
        relation, _made = Relation.objects.update_or_create(
            slug=record["key"],
            defaults={
                "one_id": record["countries"][0],
                "other_id": record["countries"][1],
                "title": record["title"],
                "story": record["summary"],
                "policy": record.get("policy", {}),
                "role_changes": record.get("role_change", []),
                "purposes": record.get("purpose", []),
                "standing": STANDINGS[record["status"]],
                "modality": record.get("modality", ""),
                "since_year": int(since["value"]) if since else None,
                "since_decade": since.get("precision") == "decade",
                **sourced(record),
            },
        )
        relation.themes.set(_themes(record["themes"]))
        relation.coordinators.set(_bodies(record.get("bodies", ())))
    return len(file.content["relation"])


def load_programmes(file: ReferenceFile) -> int:
    """Write the programmes by their keys, with axes and coordinators anew.

    What its coordinators have edited is theirs, and stays as it is.
    """
    edited = {*Programme.objects.filter(version__gt=1).values_list("slug", flat=True)}
    for record in file.content["programme"]:
        if record["key"] in edited:
            continue
        programme, _made = Programme.objects.update_or_create(
            slug=record["key"],
            defaults={
                "relation": _relation_of(record),
                "name": record["name"],
                "purposes": record.get("purpose", []),
                "since_year": record.get("since"),
                **sourced(record),
            },
        )
        programme.coordinations.all().delete()
        for one in record.get("coordinator", ()):
            body = Entity.objects.get(slug=one["body"])
            Coordination.objects.create(
                programme=programme, entity=body, country_id=one["country"]
            )
        programme.axes.all().delete()
        for position, one in enumerate(record["axis"]):
            axis = Axis.objects.create(programme=programme, position=position, label=one["label"])
            axis.themes.set(_themes(one["themes"]))
    return len(file.content["programme"])


def load_encounters(file: ReferenceFile) -> int:
    """Write the series by their keys, and each edition by its year."""
    for record in file.content["series"]:
        series, _made = Series.objects.update_or_create(
            slug=record["key"],
            defaults={
                "name": record["name"],
                "purposes": record.get("purpose", []),
                "relation": _relation_of(record),
                **sourced(record),
            },
        )
        for edition in record["edition"]:
            where = edition["place"]
            Encounter.objects.update_or_create(
                series=series,
                year=edition["year"],
                defaults={
                    "country_id": where["country"],
                    "place": place_of(where),
                    "place_name": {"en": where["name"]},
                    **sourced(record),
                },
            )
    return len(file.content["series"])


def _relation_of(record: Mapping[str, Any]) -> Relation | None:
    """The relation of a record's two countries, in either order."""
    one, other = record["countries"]
    pairs = ((one, other), (other, one))
    found = (Relation.objects.filter(one=a, other=b).first() for a, b in pairs)
    return next((relation for relation in found if relation), None)


def _themes(slugs: Iterable[str]) -> list[Theme]:
    """The themes and axes with these slugs."""
    return list(Theme.objects.filter(slug__in=list(slugs)))


def _bodies(parts: Iterable[Mapping[str, Any]]) -> list[Entity]:
    """The bodies that take part."""
    return list(Entity.objects.filter(slug__in=[part["body"] for part in parts]))
