"""The theme tree: axes first, then the themes under them."""

from entrecidades.exchange.readers.reference import ReferenceFile
from entrecidades.themes.models import Theme


def load_themes(file: ReferenceFile) -> int:
    """Write axes and themes by their slugs, in the order of the file."""
    axes, themes = file.content["axis"], file.content["theme"]
    for position, axis in enumerate(axes):
        facts = {"label": axis["label"], "position": position, "axis": None}
        Theme.objects.update_or_create(slug=axis["slug"], defaults=facts)
    numbers = dict(Theme.objects.axes().values_list("slug", "pk"))
    fields = ("axis", "label", "synonyms", "dac", "sdg", "cofog", "position")
    Theme.objects.bulk_create(
        [
            Theme(
                slug=theme["slug"],
                axis_id=numbers[theme["axis"]],
                label=theme["label"],
                synonyms=theme["synonyms"],
                dac=theme["dac"],
                sdg=theme["sdg"],
                cofog=theme["cofog"],
                position=position,
            )
            for position, theme in enumerate(themes, len(axes))
        ],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=fields,
    )
    return len(axes) + len(themes)
