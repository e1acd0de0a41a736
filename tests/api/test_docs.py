"""The document and the pages made from it: complete, valid, and of nobody else."""

import re

import jsonschema_rs
import pytest

from config.api import docs
from config.api.document import described
from events.interface.shapes import Page, Shape, Wanted

pytestmark = pytest.mark.django_db


def each():
    for path, methods in described()["paths"].items():
        for method, one in methods.items():
            yield method, path, one


def below(kind: type) -> list[type]:
    return [one for sub in kind.__subclasses__() for one in (sub, *below(sub))]


def test_the_document_is_of_openapi_3_1_and_its_schemas_are_valid(client):
    served = client.get("/api/v1/openapi.json")
    assert served.json()["openapi"] == "3.1.0"
    again = client.get("/api/v1/openapi.json", headers={"If-None-Match": served.headers["ETag"]})
    assert again.status_code == 304
    for schema in described()["components"]["schemas"].values():
        assert jsonschema_rs.meta.is_valid(schema)


def test_every_reference_of_the_document_leads_somewhere():
    there = set(described()["components"]["schemas"])
    named = set(re.findall(r"#/components/schemas/([^'\"]+)", str(described())))
    assert named <= there


def test_no_two_shapes_share_a_name():
    # The document holds one schema per name: a second shape would replace the first in silence.
    shapes = [one for one in {*below(Shape), *below(Wanted)} if "[" not in one.__name__]
    names = [one.__name__ for one in shapes if one is not Page]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_operation_says_its_scope_its_refusals_and_what_it_does():
    for _method, path, one in each():
        assert one["x-scope"], path
        # Where nobody says what it does, django-ninja writes the name of the function.
        assert one["summary"] != one["operationId"].replace("_", " ").title(), path
        assert {"401", "403", "404", "422", "429", "500"} <= set(one["responses"]), path


def test_every_post_that_acts_asks_for_a_key():
    without = {
        one["operationId"]
        for method, _path, one in each()
        if method == "post" and not any(p["name"] == "Idempotency-Key" for p in one["parameters"])
    }
    assert without == {"preview_colleagues", "preview_roster"}


def test_every_operation_stands_on_a_page_without_scripts_or_strangers(client):
    pages = {tag: client.get(f"/api/v1/docs/{tag}/").content.decode() for tag in docs.TAGS}
    guide = client.get("/api/v1/docs/").content.decode()
    for _method, path, one in each():
        assert f'id="{one["operationId"]}"' in pages[one["tags"][0]], path
        assert one["operationId"] in guide
    for page in (guide, *pages.values()):
        assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
        assert "<script" not in page.replace('<script src="/static/', "")
        assert " style=" not in page


@pytest.mark.parametrize("tag", docs.TAGS)
def test_every_type_a_page_names_is_explained_on_it(client, tag):
    page = client.get(f"/api/v1/docs/{tag}/").content.decode()
    there = re.findall(r'id="([^"]+)"', page)
    assert len(there) == len(set(there))
    named = set(re.findall(r'<dd>[^<]*<a href="#([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) - {"main"} <= set(there)
    assert named <= {shape.name for shape in docs.shapes(tag)}
    for shape in docs.shapes(tag):
        assert [one.name for one in shape.fields] == list(
            described()["components"]["schemas"][shape.name]["properties"]
        )


def test_a_type_says_its_fields_what_they_mean_and_where_its_parts_stand():
    wanted = {shape.name: shape for shape in docs.shapes("events")}["EventWanted"]
    fields = {one.name: one for one in wanted.fields}
    assert [(one.text, one.shape) for one in fields["place"].kind] == [
        ("PlaceWanted", "PlaceWanted"), (" | ", ""), ("null", ""),
    ]  # fmt: skip
    assert fields["place"].said == "Where people meet; null for nowhere."
    assert "at most 160 characters" in fields["title"].said


def test_every_code_of_a_refusal_is_explained(client):
    page = client.get("/api/v1/docs/errors").content.decode()
    for one in docs.refusals():
        assert f'id="{one.code}"' in page
        assert one.sentence
    assert len(docs.refusals()) > 60
    assert "%(" not in page
    assert "{name} coordinates this school" in page
