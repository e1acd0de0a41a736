"""Tables keep to the order of the house: foreign keys of the database, lines of the wiring."""

import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from config import wiring
from events.backstage import operations

APPS = ["events", "recordings", "attendance", "integrations"]


def rooms(app: str) -> dict[str, int]:
    """The height of each room, from the import contracts: lower rooms have lower numbers."""
    text = (settings.BASE_DIR / "pyproject.toml").read_text()
    for contract in tomllib.loads(text)["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [app]:
            layers = list(reversed(contract["layers"]))
            return {
                room.strip("() "): height
                for height, layer in enumerate(layers)
                for room in layer.split("|")
            }
    return {}


def height(model: type[models.Model]) -> tuple[int, int]:
    app = model._meta.app_label
    return APPS.index(app), rooms(app).get(model.__module__.split(".")[1], 0)


KEYS = [
    field
    for app in APPS
    for model in apps.get_app_config(app).get_models()
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey)
]


@pytest.mark.parametrize("field", KEYS, ids=str)
def test_a_key_points_to_the_same_or_a_lower_room(field):
    # Tables everybody stands on name the person who acts; the user model is the one exception.
    if field.related_model._meta.label == settings.AUTH_USER_MODEL:
        return
    assert height(field.related_model) <= height(field.model)


@pytest.mark.parametrize("field", KEYS, ids=str)
def test_no_key_takes_rows_with_it(field):
    assert field.remote_field.on_delete is models.PROTECT


def test_every_chore_has_words_on_the_page_of_operations():
    names = [chore.name for chore in wiring.CHORES]
    assert len(names) > 5
    assert [name for name in names if name not in operations.CHORES] == []
