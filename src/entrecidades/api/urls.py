"""The JSON interface: one OpenAPI 3.1 document, read from the same selectors as the pages."""

from django.contrib.auth.decorators import login_not_required
from ninja import NinjaAPI
from ninja.errors import ValidationError

from entrecidades.api import errors
from entrecidades.api.routes import entities, places, suggestions, themes

api = NinjaAPI(
    title="Entrecidades",
    version="1",
    description=(
        "Cities, bodies, themes and suggested counterparts, as open data. "
        "Every answer that is no success is an object with one field, `detail`."
    ),
    urls_namespace="api",
)
for room in (places, entities, themes, suggestions):
    api.add_router("", room.router, tags=[room.__name__.rsplit(".", 1)[-1]])
api.add_exception_handler(ValidationError, errors.unreadable)

# Made once: the library builds other patterns each time it is asked. Everything here is public
# and only read; the house is closed unless a view says otherwise.
ADDRESSES = api.urls
for pattern in ADDRESSES[0]:
    if pattern.callback is not None:
        login_not_required(pattern.callback)
