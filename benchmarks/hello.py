"""A site of one empty Django view without middleware: what the server by itself costs."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse  # noqa: TID251 - it is a page
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=[],
    ROOT_URLCONF=__name__,
    SECRET_KEY="of a site without secrets",  # noqa: S106
)


def hello(_request: HttpRequest) -> HttpResponse:
    """Say so."""
    return HttpResponse("hello")


urlpatterns = [path("", hello)]
application = get_wsgi_application()
