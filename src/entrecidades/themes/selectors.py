"""Questions the house asks about themes; nothing here writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from entrecidades.engines.folding import fold
from entrecidades.themes.models import Theme


@dataclass(frozen=True, slots=True)
class Branch:
    """An axis and the themes under it."""

    axis: Theme
    themes: list[Theme] = field(default_factory=list)


def theme_tree() -> list[Branch]:
    """Every axis with its themes, in their order, in one query."""
    themes = list(Theme.objects.all())
    branches = {theme.pk: Branch(theme) for theme in themes if theme.axis_id is None}
    for theme in themes:
        if theme.axis_id is not None:
            branches[theme.axis_id].themes.append(theme)
    return list(branches.values())


def words_of(theme: Theme) -> list[str]:
    """Every label and synonym of a theme, in all languages, folded."""
    synonyms = [word for words in theme.synonyms.values() for word in words]
    return [fold(word) for word in (*theme.label.values(), *synonyms)]


def tree_called(text: str) -> list[Branch]:
    """The part of the tree that bears these words in any language; an axis brings its themes."""
    wanted = fold(text)
    if not wanted:
        return theme_tree()
    found = []
    for branch in theme_tree():
        whole = _bears(branch.axis, wanted)
        themes = [theme for theme in branch.themes if whole or _bears(theme, wanted)]
        if whole or themes:
            found.append(Branch(branch.axis, themes))
    return found


def _bears(theme: Theme, wanted: str) -> bool:
    """Whether a word of one of a theme's names begins as wanted."""
    return any(f" {wanted}" in f" {words}" for words in words_of(theme))


def with_leaves(themes: Iterable[Theme]) -> list[Theme]:
    """These themes, and where one of them is an axis the themes under it."""
    given = list(themes)
    axes = [theme.pk for theme in given if theme.axis_id is None]
    under = list(Theme.objects.filter(axis__in=axes)) if axes else []
    return [*given, *under]
