"""A house to be asked: prepared, with one member logged in; told as JSON to who measures it.

``python -m benchmarks.web_house FOLDER``, in a process of its own: a house is found by its
environment when Django starts, and other benches of the same run have theirs.
"""

import json
import os
import subprocess
import sys
from secrets import token_urlsafe
from typing import Any

MEMBER, BODY = "officer@bench.example", "br/curitiba"
#: So many cities are asked about in turn, so that no page is answered from what was kept of it.
CITIES = 60


def main(folder: str) -> None:
    """Prepare the house in a folder, and print what can be asked there, and by whom."""
    os.environ["ENTRECIDADES_HOME"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "entrecidades.config.settings"
    os.environ.pop("DATABASE_URL", None)
    entrecidades("prepare")
    entrecidades("person", "add", MEMBER, "--acts-for", BODY, said=token_urlsafe())
    import django  # noqa: PLC0415 - only now is it known which house it is

    django.setup()
    print(json.dumps(told()))


def entrecidades(*words: str, said: str = "") -> None:
    """A command of the house; a password is said to it."""
    command = [sys.executable, "-m", "entrecidades", *words]
    subprocess.run(command, check=True, input=said, text=True, stdout=sys.stderr)  # noqa: S603 - our own words


def told() -> dict[str, Any]:
    """How many places there are, what each page is asked at and costs, the member's cookie."""
    from django.conf import settings  # noqa: PLC0415 - Django is set up only now
    from django.test import Client  # noqa: PLC0415

    from entrecidades.accounts.models import Person  # noqa: PLC0415
    from entrecidades.network.models import Place  # noqa: PLC0415

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(Person.objects.get(email=MEMBER))
    found = pages()
    name = settings.SESSION_COOKIE_NAME
    return {
        "places": Place.objects.count(),
        "pages": found,
        "queries": {page: most_queries(client, asked) for page, asked in found.items()},
        "cookie": f"{name}={client.cookies[name].value}",
    }


def pages() -> dict[str, list[str]]:
    """The addresses of each page: of the same kind, and none asked twice in a row."""
    from django.urls import reverse  # noqa: PLC0415 - Django is set up only now

    from entrecidades.network.models import Place  # noqa: PLC0415

    largest = Place.objects.filter(country="BR").order_by("-population", "pk")[:CITIES]
    slugs = list(largest.values_list("slug", flat=True))
    search, listed = reverse("web:partner-search"), reverse("web:city-list")
    return {
        "home": [reverse("web:home")],
        "list of 50 cities, filtered": [
            f"{listed}?country=BR&page={n + 1}" for n in range(CITIES)
        ],
        "city page": [reverse("web:city-detail", args=["br", slug]) for slug in slugs],
        "find a partner": [f"{search}?place=br/{slug}&country=IT" for slug in slugs],
        "desk": [reverse("web:desk")],
    }


def most_queries(client: Any, asked: list[str]) -> int:
    """The most queries that one of the first addresses costs, asked a second time."""
    from django.db import connection  # noqa: PLC0415 - Django is set up only now
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    counts = []
    for address in asked[:5]:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200, address  # noqa: PLR2004
        counts.append(len(queries))
    return max(counts)


if __name__ == "__main__":
    main(sys.argv[1])
