"""No page shows a sentence of Django's that leaves out which field it is about."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

import attendance
import config
import events
import integrations
import recordings
from attendance.questions.forms import Drawn
from attendance.questions.models import Question
from recordings.arrivals.forms import Https

APPS = (config, events, recordings, attendance, integrations)
TRIED = ("", "x", "x\x00", "-1", "9" * 30, "y" * 30_000, "https://", "2099-13-45", "ana@")
FILES = (None, SimpleUploadedFile("a.csv", b""), SimpleUploadedFile("a" * 300, b"x"))
DJANGOS = (
    "This field", "Enter a valid", "Ensure", "Select a valid", "Enter a list", "Enter a whole number.",
    "No file", "The submitted file", "Null characters", "Please",
)  # fmt: skip


def form_classes():
    for app in APPS:
        for found in pkgutil.walk_packages(app.__path__, f"{app.__name__}."):
            source = Path(found.module_finder.path, f"{found.name.rpartition('.')[2]}.py")
            if source.is_file() and "forms." in source.read_text():
                importlib.import_module(found.name)
    return [
        one
        for one in sorted(_below(forms.BaseForm), key=lambda one: (one.__module__, one.__name__))
        if one.__module__.split(".")[0] in {app.__name__ for app in APPS}
    ]


def _below(kind):
    return {one for sub in kind.__subclasses__() for one in ({sub} | _below(sub))}


def said(field, name="probe", *, tried=TRIED):
    """Everything a page can say of a field, for what is typed."""
    kind = type("Probe", (forms.Form,), {name: field})
    files = [kind({}, {name: file}) for file in FILES] if isinstance(field, forms.FileField) else []
    asked = [kind({name: text}) for text in tried] + files
    with translation.override("en"):
        return {str(error) for form in asked for error in form[name].errors}


CASES = [
    pytest.param(field, id=f"{kind.__module__}.{kind.__name__}.{name}")
    for kind in form_classes()
    for name, field in kind.base_fields.items()
]


def test_the_forms_are_found():
    assert len(CASES) > 150


@pytest.mark.parametrize("field", CASES)
def test_no_field_leaves_its_name_out(field):
    assert [one for one in said(field) if one.startswith(DJANGOS)] == []


@pytest.mark.parametrize("field", CASES)
def test_what_is_named_has_a_name_of_the_product(field):
    if not field.widget.is_hidden and said(field):
        assert field.label, "a name made from the code cannot be translated"


def test_the_questions_of_a_try_are_named():
    form = Drawn({}, questions=[Question(pk=7, text="What is a mentor?", answers=["a", "b"])])
    assert list(form["q7"].errors) == ["Choose one of the answers for “What is a mentor?”."]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (forms.CharField(label="Title"), "Fill in “Title”."),
        (forms.BooleanField(label="I agree"), "Tick “I agree”."),
        (forms.DateField(label="Day"), "Enter a day for “Day”, such as 2027-01-31."),
        (forms.SlugField(label="Code"), "Enter letters without accents, digits or hyphens for “Code”."),
        (forms.CharField(label="x", widget=forms.HiddenInput), "Nothing was saved. Go back, reload the page and send the form again."),
    ],
)  # fmt: skip
def test_each_kind_says_what_to_do(field, words):
    assert said(field, tried=[""]) == {words}


def test_what_is_too_long_says_how_long():
    assert said(forms.CharField(label="Title", max_length=3), tried=["Žuti"]) == {
        "Shorten “Title” to 3 characters; it has 4."
    }


def test_the_words_of_a_form_stay():
    field = forms.CharField(label="Title", error_messages={"required": "Give it a title."})
    assert said(field, tried=[""]) == {"Give it a title."}


def test_a_link_that_cannot_be_read_says_what_to_paste():
    assert said(Https(label="Link"), tried=["https://", "no where"]) == {
        "Paste the whole address of the recording, beginning with https://."
    }


def test_programs_still_find_the_field_by_its_name():
    kind = type("Probe", (forms.Form,), {"title": forms.CharField(label="Title")})
    assert kind({}).errors.get_json_data()["title"][0]["code"] == "required"
