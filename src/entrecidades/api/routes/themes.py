"""Subjects of cooperation."""

from django.http import HttpRequest
from ninja import Router

from entrecidades.api.shapes import ThemeLine
from entrecidades.themes.models import Theme

router = Router()


@router.get("/themes", response=list[ThemeLine], summary="The theme tree")
def tree(request: HttpRequest) -> list[ThemeLine]:
    """Every axis and theme, in order, with labels, synonyms and codes."""
    return [ThemeLine.of(theme) for theme in Theme.objects.select_related("axis")]
