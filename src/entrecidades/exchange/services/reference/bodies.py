"""The bodies that carry the relations, and which is whose counterpart."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.reference import ReferenceFile
from entrecidades.exchange.services.reference.sources import place_of, sourced
from entrecidades.network.choices import MembershipKind, NameKind, Tier
from entrecidades.network.models import Entity, EntityName, Homologue, Membership

SCOPES = {"national": Tier.NATIONAL, "international": Tier.INTERNATIONAL}


def load_bodies(file: ReferenceFile) -> int:
    """Write bodies by country and key, with names, counterparts and what they are members of."""
    bodies = file.content["body"]
    entities = {body["key"]: _load_body(body) for body in bodies}
    for pair in file.content.get("homologous", ()):
        ends = sorted((entities[key] for key in pair["bodies"]), key=lambda entity: entity.pk)
        Homologue.objects.update_or_create(one=ends[0], other=ends[1], defaults=sourced(pair))
    for body in bodies:
        for group in body.get("member_of", ()):
            Membership.objects.update_or_create(
                member=entities[body["key"]],
                group=entities[group],
                kind=MembershipKind.MEMBER,
                valid_from=None,
                defaults=sourced(body),
            )
    return len(bodies)


def _load_body(body: Mapping[str, Any]) -> Entity:
    """One body with all its names, those it bore and bears."""
    names, own = body["names"], body["official_in"]
    founded = body.get("founded")
    entity, _made = Entity.objects.update_or_create(
        country_id=body["country"],
        slug=body["key"],
        defaults={
            "name": names[own],
            "acronym": body.get("acronym", ""),
            "kind": body["kind"],
            "tier": SCOPES.get(body.get("scope", ""), ""),
            "seat": place_of(body.get("seat")),
            "languages": [own.split("-")[0]],
            "website": body.get("website", ""),
            # Only the year is known: the first day of it stands for the whole.
            "valid_from": date(founded, 1, 1) if founded else None,
            **sourced(body),
        },
    )
    _name(entity, body)
    return entity


def _name(entity: Entity, body: Mapping[str, Any]) -> None:
    """The names of a body anew: the official ones by language, and those since a renaming."""
    entity.names.all().delete()
    named = [
        EntityName(entity=entity, language=language, name=name, key=fold(name))
        for language, name in body["names"].items()
    ]
    named += [
        EntityName(
            entity=entity,
            language=renamed["official_in"],
            name=renamed["name"],
            key=fold(renamed["name"]),
            kind=NameKind.SHORT,
            valid_from=date(renamed["from"], 1, 1),
        )
        for renamed in body.get("renamed", ())
    ]
    EntityName.objects.bulk_create(named)
