import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines

from events.templatetags import plots


def render(source, **context):
    return engines["django"].from_string("{% load kolega %}" + source).render(context)


class Sample(forms.Form):
    email = forms.EmailField(label="E-mail", help_text="The invitation goes there.")
    note = forms.CharField(label="A note", widget=forms.Textarea, required=False)
    mode = forms.ChoiceField(
        label="How", choices=[("room", "Room"), ("online", "Online")], widget=forms.RadioSelect
    )
    agree = forms.BooleanField(label="I agree")

    def clean(self):
        raise forms.ValidationError("The event is full.")


def test_ways_of_joining_have_a_shape_and_words():
    assert "In person or online" in render("{% mode 'hybrid' %}")
    assert "I come &amp; stay" in render("{% mode 'room' text %}", text="I come & stay")
    with pytest.raises(KeyError):
        render("{% mode 'by_post' %}")


def test_kinds_are_coloured_by_known_hues_only():
    assert 'class="ty tm"' in render("{% kind 'teachmeet' 'TeachMeet' 'tm' %}")
    odd = render("{% kind 'x' name hue %}", name="<b>", hue='"><script>')
    assert 'class="ty mtg"' in odd
    assert "&lt;b&gt;" in odd


def test_a_field_joins_label_hint_mistake_and_input():
    told = render('{% field form.email autocomplete="email" %}', form=Sample({"email": "x"}))
    assert '<label for="id_email">E-mail</label>' in told
    assert 'autocomplete="email"' in told
    assert 'class="in"' in told
    assert 'aria-invalid="true"' in told
    described = re.search(r'aria-describedby="([^"]+)"', told)[1].split()
    assert described == ["id_email_helptext", "id_email_error"]
    assert all(f'id="{name}"' in told for name in described)


def test_label_and_hint_can_be_said_otherwise():
    told = render('{% field form.email label="Where to?" hint="Any" %}', form=Sample())
    assert ">Where to?<" in told
    assert ">Any<" in told


def test_what_may_stay_empty_says_so():
    assert "A note" in render("{% field form.note %}", form=Sample())
    assert "(optional)" in render("{% field form.note %}", form=Sample())
    assert "(optional)" not in render("{% field form.email %}", form=Sample())


def test_django_draws_fields_in_the_same_way():
    form = Sample()
    assert form["email"].as_field_group() == str(render("{% field form.email %}", form=form))


def test_choices_are_cards_with_one_legend():
    told = render('{% field form.mode look="r3" %}', form=Sample({"mode": "online"}))
    assert told.count("<legend>") == 1
    assert 'class="pick r3"' in told
    assert re.findall(r'<label for="(id_mode_\d)">', told) == ["id_mode_0", "id_mode_1"]
    assert len(re.findall(r"<input[^>]+ checked", told)) == 1


def test_a_single_box_stands_before_its_words():
    told = render("{% field form.agree %}", form=Sample())
    assert re.search(r'<label class="ck" for="id_agree"><input[^>]+><span>I agree</span>', told)


def test_the_summary_links_every_mistake_to_its_field():
    told = render("{% error_summary form %}", form=Sample({"email": "x"}))
    assert re.findall(r'href="#([^"]+)"', told) == ["id_email", "id_mode", "id_agree"]
    assert "<li>The event is full.</li>" in told
    page = "".join(render("{% field f %}", f=field) for field in Sample({"email": "x"}))
    assert all(f'id="{place}"' in page for place in ("id_email", "id_mode", "id_agree"))


def test_no_mistakes_no_summary():
    assert render("{% error_summary form %}", form=Sample()).strip() == ""
    assert render("{% error_summary form %}", form=None).strip() == ""


def test_what_people_typed_is_escaped():
    told = render("{% field form.email %}", form=Sample({"email": '"><script>alert(1)</script>'}))
    assert "<script>" not in told


def test_emptiness_has_one_sentence_and_one_thing_to_do():
    told = render("{% empty 'No events yet' '/plan/' 'Plan one' %}")
    assert told.count('class="v0"') == 5
    assert '<a class="btn" href="/plan/">Plan one</a>' in told
    assert "href" not in render("{% empty 'No events yet' %}")


def test_pages_keep_the_filters(rf):
    page = Paginator(range(120), 50).page(2)
    told = render("{% pager page %}", page=page, request=rf.get("/?q=robot&page=2"))
    assert re.findall(r'href="([^"]+)"', told) == ["?q=robot&amp;page=1", "?q=robot&amp;page=3"]
    assert "Page 2 of 3" in told


def test_one_page_needs_no_pager(rf):
    page = Paginator(range(3), 50).page(1)
    assert render("{% pager page %}", page=page, request=rf.get("/")).strip() == ""


def test_a_chart_brings_its_figures_as_a_table():
    rows = [("7 Sep", (1000, 200)), ("14 Sep", (300, 400))]
    series = [{"kind": "room", "name": "Room"}, {"kind": "onl", "name": "Online"}]
    told = render("{% stacked rows 'People' series 'Week' %}", rows=rows, series=series)
    assert re.findall(r'<td class="r">([^<]+)</td>', told) == ["1\u202f000", "200", "300", "400"]
    ticks = told[told.index('class="y"') : told.index("<svg", told.index('class="y"'))]
    assert re.findall(r"<span>([^<]+)</span>", ticks) == [
        "1\u202f200",
        "900",
        "600",
        "300",
        "0",
    ]


def test_names_below_columns_are_thinned_out():
    names = [str(number) for number in range(24)]
    assert [name for name in plots.thinned(names) if name] == ["2", "7", "12", "17", "22"]
    assert plots.thinned(names[:5]) == names[:5]
    assert plots.thinned([]) == []


def test_three_names_at_most_stand_below_columns_on_a_phone():
    names = [str(number) for number in range(25)]
    shown = [name for name, wide in plots.marked(names) if name and not wide]
    assert shown == ["2", "12", "22"]
    assert [name for name, _ in plots.marked(names)] == plots.thinned(names)
    assert plots.marked(["1", "2", "3"]) == [("1", False), ("2", False), ("3", False)]
    assert plots.marked([]) == []
