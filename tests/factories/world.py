"""A small world of real cities, with coordinates and populations as GeoNames gives them."""

from dataclasses import dataclass, field

from entrecidades.network.choices import Role
from entrecidades.network.models import Entity, Place
from tests.factories.network import (
    CountryFactory,
    EntityFactory,
    PartnershipFactory,
    PlaceFactory,
    PlaceNameFactory,
    RegionFactory,
)

LANGUAGES = {"BR": ["pt"], "MZ": ["pt"], "FR": ["fr"], "IT": ["it"], "US": ["en"]}

# GeoNames number, name, country, region, latitude, longitude, inhabitants, roles.
CITIES = [
    (1040652, "Maputo", "MZ", "11", -25.96553, 32.58322, 1254837, Role.CAPITAL | Role.PORT),
    (1052373, "Beira", "MZ", "05", -19.84361, 34.83889, 687764, Role.PORT),
    (3464975, "Curitiba", "BR", "18", -25.42778, -49.27306, 1948626, Role.REGION_MAIN),
    (3448439, "São Paulo", "BR", "27", -23.5475, -46.63611, 12400232, Role.REGION_MAIN),
    (3470127, "Belo Horizonte", "BR", "15", -19.92083, -43.93778, 2721564, Role.REGION_MAIN),
    (3452925, "Porto Alegre", "BR", "23", -30.03283, -51.23019, 1488252, Role.PORT),
    (2995469, "Marseille", "FR", "93", 43.29695, 5.38107, 877215, Role.PORT),
    (2996944, "Lyon", "FR", "84", 45.74906, 4.84789, 520774, Role.REGION_MAIN),
    (3165524, "Turin", "IT", "12", 45.07049, 7.68682, 847287, Role.REGION_MAIN),
    (3176219, "Genoa", "IT", "08", 44.40478, 8.94439, 580097, Role.PORT),
    (4671654, "Austin", "US", "TX", 30.26715, -97.74306, 974447, Role(0)),
    (5809844, "Seattle", "US", "WA", 47.60621, -122.33207, 780995, Role.PORT),
]
OTHER_NAMES = {"Maputo": ["Lourenço Marques"], "Turin": ["Torino"], "Genoa": ["Genova"]}
TIME_ZONES = {
    "MZ": "Africa/Maputo",
    "BR": "America/Sao_Paulo",
    "FR": "Europe/Paris",
    "IT": "Europe/Rome",
    "US": "America/Chicago",
}
# Marseille and Genoa are twin cities; the year is left out where lists disagree.
PARTNERS = [("Marseille", "Genoa")]


@dataclass
class World:
    """The small world: its places by name, and the bodies that have been registered."""

    places: dict[str, Place] = field(default_factory=dict)
    bodies: dict[str, Entity] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Place:
        """A city by its name in the gazetteer."""
        return self.places[name]

    def body(self, name: str) -> Entity:
        """The municipality that has its seat in a city, registered when first asked for."""
        if name not in self.bodies:
            self.bodies[name] = municipality_of(self.places[name])
        return self.bodies[name]


def plant_city(row: tuple) -> Place:
    """One real city, with its country, its region and its other names."""
    geonameid, name, country, region, latitude, longitude, population, roles = row
    there = CountryFactory(code=country, languages=LANGUAGES[country])
    place = PlaceFactory(
        geonameid=geonameid,
        name=name,
        country=there,
        region=RegionFactory(country=there, code=region),
        latitude=latitude,
        longitude=longitude,
        population=population,
        timezone=TIME_ZONES[country],
        roles=int(roles),
    )
    for other in OTHER_NAMES.get(name, []):
        PlaceNameFactory(place=place, name=other)
    return place


def municipality_of(place: Place) -> Entity:
    """The local government that has its seat in a place."""
    return EntityFactory(
        name=place.name,
        slug=place.slug,
        country=place.country,
        region=place.region,
        seat=place,
        population=place.population,
        languages=place.country.languages,
    )


def build_world() -> World:
    """All the cities, and the partnerships known between them."""
    world = World({city[1]: plant_city(city) for city in CITIES})
    for one, other in PARTNERS:
        PartnershipFactory(one=world[one], other=world[other])
    return world
