"""What every page is given: where the house stands, and the same page in the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

ENDONYMS = {"pt-br": "Português (Brasil)", "pt": "Português"}


def every_page(request: HttpRequest) -> dict[str, Any]:
    """The house's own address, and links to this page in each language, filters and all.

    The address is the one that was declared, never the one that a request names.
    """
    here = get_language()
    path = request.get_full_path()
    return {
        "site": settings.PUBLIC_URL,
        "language_links": [
            {
                "code": code,
                "name": ENDONYMS.get(code) or get_language_info(code)["name_local"].capitalize(),
                "url": translate_url(path, code),
                "current": code == here,
            }
            for code, _name in settings.LANGUAGES
        ],
    }
