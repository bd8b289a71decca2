"""Foreign keys obey the floors too; the import linter cannot see the ones written as strings."""

from django.apps import apps

from tests.house.source import floors


def relations_that_climb(height):
    for model in apps.get_models():
        here = height.get(model._meta.app_label)
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            room = field.related_model and field.related_model._meta.app_label
            there = height.get(room)
            elsewhere = room != model._meta.app_label
            if elsewhere and here is not None and there is not None and there >= here:
                yield f"{model._meta.label}.{field.name} → {room}"


def test_no_relation_climbs():
    assert list(relations_that_climb(floors())) == []


def test_the_rule_sees_a_climb():
    upside_down = {room: -height for room, height in floors().items()}
    assert "cooperation.Introduction.asker → network" in relations_that_climb(upside_down)
