"""The first run over HTTP: from an empty database to invited coordinators."""

import re

import pytest
from django.core.cache import cache
from django.test import Client

from events.backstage import sweep
from events.backstage.models import Installation, Letter
from events.kernel.actors import Role
from events.kinds.models import Kind
from events.networks.models import Cluster, Community, Country, Membership, School
from events.networks.setup import commands, door
from events.people import commands as people
from events.people.models import Grant, Person, SignInLink
from tests.events.networks.sending import confirm, fields_of, hidden, upload
from tests.factories.sessions import sign_in
from tests.factories.world import AT, SYSTEM, make_world

pytestmark = pytest.mark.django_db

FIRST = {"name": "Ada Admin", "email": "ada@example.org", "password": "four small green boats"}
SERVICE = {
    "languages": ["en", "hr"],
    "sender_address": "kolega@example.org",
    "zone": "Europe/Zagreb",
}
COUNTRY = {
    "code": "HR",
    "name": "Hrvatska",
    "ministry": "Ministry of Education",
    "language": "hr",
    "zone": "",
    "term_name": "2026/27",
    "starts_on": "2026-09-01",
    "ends_on": "2027-08-31",
}
LIST = "Naziv škole;Šifra;Mjesto\n" + "".join(
    f"OŠ {name};05-{number:03};Grad {number}\n"
    for number, name in enumerate(["Vrbik", "Lipa", "Jasen", "Breza", "Bukva"], start=1)
)


@pytest.fixture(autouse=True)
def _no_cache():
    cache.clear()
    yield
    cache.clear()


HERE = {"HTTP_HOST": "127.0.0.1"}


@pytest.fixture
def client():
    return Client(**HERE)


@pytest.fixture
def admin(client):
    assert client.post("/setup/administrator/", FIRST).status_code == 302
    return client


@pytest.fixture
def with_country(admin):
    admin.post("/setup/service/", SERVICE)
    admin.post("/setup/country/", COUNTRY)
    return admin


@pytest.fixture
def with_schools(with_country):
    confirm(with_country, upload(with_country, LIST))
    return with_country


@pytest.fixture
def with_cluster(with_schools):
    ids = list(School.objects.order_by("national_code").values_list("pk", flat=True))
    with_schools.post("/setup/clusters/", cluster_of(ids))
    return with_schools


def cluster_of(ids, **changes):
    return {
        "country": "HR",
        "cluster-name": "Međimurje",
        "cluster-theme": "STEM",
        "cluster-origin": "bottom_up",
        "cluster-mentor": ids[0],
        "cluster-mentees": ids[1:],
        **changes,
    }


# ---- who may come in


def test_the_empty_installation_leads_to_the_first_step(client):
    assert client.get("/").url == "/setup/"
    assert client.get("/setup/").url == "/setup/administrator/"
    assert client.get("/setup/administrator/").status_code == 200


@pytest.mark.parametrize(
    "more",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_HOST": "kolega.example.org"},
    ],
)
def test_another_machine_is_asked_for_the_setup_code(client, settings, more):
    settings.ALLOWED_HOSTS = ["*"]
    page = client.get("/setup/", **more)
    assert "manage.py setup_code" in page.text
    assert client.post("/setup/administrator/", FIRST, **more).url == "/setup/"
    assert not Person.objects.exists()
    wrong = client.post("/setup/", {"code": "AAAA-AAAA-AAAA-AAAA"}, **more)
    assert wrong.status_code == 422
    assert "This is not the setup code" in wrong.text
    spelt = door.setup_code().lower().replace("-", " ")
    assert client.post("/setup/", {"code": spelt}, **more).url == "/setup/"
    assert client.post("/setup/administrator/", FIRST, **more).url == "/setup/"
    assert Person.objects.count() == 1


def test_the_code_cannot_be_tried_for_ever(client):
    far = {"REMOTE_ADDR": "192.0.2.7"}
    for _ in range(20):
        client.post("/setup/", {"code": "AAAA"}, **far)
    page = client.post("/setup/", {"code": door.setup_code()}, **far)
    assert page.status_code == 422
    assert "Too many tries" in page.text


def test_the_code_is_kept_for_its_owner_alone(settings):
    code = door.setup_code()
    file = settings.KOLEGA_DATA / "secrets" / "setup-code"
    assert (file.read_text().strip(), oct(file.stat().st_mode)[-3:]) == (code, "600")
    assert door.setup_code() == code


def test_afterwards_only_an_administrator_comes_in(admin):
    world = make_world("AL")
    stranger = Client(**HERE)
    assert stranger.get("/setup/").status_code == 403
    stranger.force_login(world.coordinator)
    for path in ("/setup/", "/setup/service/", "/setup/administrator/"):
        assert stranger.get(path).status_code == 403
        assert stranger.post(path, FIRST).status_code == 403
    assert admin.get("/setup/service/").status_code == 200


# ---- the steps


def test_the_administrator_is_signed_in_and_the_catalogues_are_there(client):
    page = client.post("/setup/administrator/", FIRST, follow=True)
    assert page.redirect_chain[-1][0] == "/setup/service/"
    person = Person.objects.get()
    assert page.context["user"] == person
    assert person.check_password(FIRST["password"])
    assert Grant.objects.get().role == "administrator"
    assert Kind.objects.count() == 15
    from attendance.recognition.models import SchemeVersion

    assert SchemeVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password": "short"}, "at least 12 characters"),
        ({"password": "ada@example.org"}, "too similar"),
        ({"email": "nowhere"}, "Enter an address like ana@example.org for “"),
        ({"name": ""}, "required"),
        ({"name": "123"}, "as it should stand on certificates"),
    ],
)
def test_a_mistake_at_the_first_step_makes_nobody(client, change, says):
    page = client.post("/setup/administrator/", FIRST | change)
    assert page.status_code == 422
    assert says in page.text
    assert not Person.objects.exists()
    assert not Installation.objects.exclude(step="administrator").exists()


def test_a_second_administrator_is_not_made(admin):
    admin.post("/setup/administrator/", FIRST | {"email": "eve@example.org"})
    assert Person.objects.count() == 1


def test_of_two_who_want_to_be_first_one_wins(admin):
    with pytest.raises(commands.AlreadySetUp):
        commands.make_administrator(**FIRST | {"email": "eve@example.org"}, language="en", at=AT)
    assert Person.objects.count() == 1


def test_steps_not_reached_lead_to_the_one_that_is_next(admin):
    assert admin.get("/setup/clusters/").url == "/setup/service/"
    assert admin.get("/setup/nonsense/").status_code == 404


def test_one_resumes_where_one_left(with_country):
    again = Client(**HERE)
    assert again.login(email=FIRST["email"], password=FIRST["password"])
    assert again.get("/setup/").url == "/setup/schools/"
    kept = again.get("/setup/service/").text
    assert 'value="kolega@example.org"' in kept
    assert '<option value="Europe/Zagreb" selected' in kept
    country = again.get("/setup/country/?code=HR").text
    assert 'value="Hrvatska"' in country
    assert 'value="2026-09-01"' in country


@pytest.mark.django_db(transaction=True)
def test_the_menu_offers_the_chosen_languages(client):
    client.post("/setup/administrator/", FIRST)
    assert 'lang="sq">Shqip' in client.get("/about/help/").text
    client.post("/setup/service/", SERVICE)
    menu = client.get("/about/help/").text
    assert 'lang="hr">Hrvatski' in menu
    assert "Shqip" not in menu


@pytest.mark.django_db(transaction=True)
def test_a_test_mail_is_handed_to_the_mail_server(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client.post("/setup/administrator/", FIRST)
    page = client.post("/setup/service/", SERVICE | {"do": "test"}, follow=True)
    assert "The mail server took the mail for ada@example.org" in page.text
    assert Letter.objects.get().state == "sent"


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_does_not_answer_is_named(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_USE_TLS = False
    client.post("/setup/administrator/", FIRST)
    page = client.post("/setup/service/", SERVICE | {"do": "test"}, follow=True)
    assert "The mail server did not take the mail: ConnectionRefusedError" in page.text
    assert Letter.objects.get().state == "refused"


def test_the_zone_of_the_capital_is_filled_in(with_country):
    country = Country.objects.get()
    assert (country.code, country.zone, country.language) == ("HR", "Europe/Zagreb", "hr")
    assert country.names == {"en": "Croatia", "hr": "Hrvatska"}
    assert country.terms.get().name == "2026/27"


def test_croatia_brings_its_communities(with_country):
    groups = Community.objects.filter(country__code="HR")
    assert groups.exclude(subject="").count() == 4
    assert groups.exclude(job="").count() == 4
    with_country.post("/setup/country/", COUNTRY | {"ministry": "Another"})
    assert Community.objects.count() == 8


def test_a_term_that_ends_before_it_begins_is_refused(admin):
    admin.post("/setup/service/", SERVICE)
    page = admin.post("/setup/country/", COUNTRY | {"ends_on": "2026-01-01"})
    assert page.status_code == 422
    assert "Enter a last day after the first day." in page.text
    assert not Country.objects.exists()


# ---- schools


def test_a_preview_stores_nothing_and_confirming_adds_the_schools(with_country):
    page = upload(with_country, LIST.encode("cp1250"))
    assert not School.objects.exists()
    assert re.search(r"new</dt><dd>5<", page.text)
    answer = confirm(with_country, page)
    assert answer.url == "/setup/schools/"
    assert "5 schools are added." in with_country.get(answer.url).text
    assert School.objects.get(national_code="05-001").name == "OŠ Vrbik"
    assert with_country.get("/setup/").url == "/setup/clusters/"


def test_the_same_list_again_adds_nothing(with_schools):
    page = upload(with_schools, LIST)
    assert re.search(r"already there</dt><dd>5<", page.text)
    confirm(with_schools, page)
    assert School.objects.count() == 5


def test_a_column_the_list_does_not_name_can_be_said(with_country):
    page = upload(with_country, "A;B\nOŠ Vrbik;Čakovec\nOŠ Lipa;Zagreb\n")
    assert "Which column holds: Name of the school?" in page.text
    assert 'value="confirm"' not in page.text
    again = with_country.post(
        "/setup/schools/", {**fields_of(page), "do": "map", "col_0": "name", "col_1": "place"}
    )
    assert re.search(r"new</dt><dd>2<", again.text)
    confirm(with_country, again)
    assert set(School.objects.values_list("name", "place")) == {
        ("OŠ Vrbik", "Čakovec"), ("OŠ Lipa", "Zagreb"),
    }  # fmt: skip


def test_what_was_not_looked_at_is_not_imported(with_country):
    page = upload(with_country, LIST)
    answer = confirm(with_country, page, col_2="", col_0="name")
    assert answer.status_code == 422
    assert "You changed what the columns hold." in answer.text
    assert not School.objects.exists()


def test_errors_of_single_rows_are_said_in_words_and_as_csv(with_country):
    page = upload(with_country, LIST + ";05-009;Grad\nOŠ Hrast;05-001;Grad 9\n=1+1;05-010;X\n")
    assert "The name is missing. Enter it." in page.text
    assert "Row 2 has the same code. Keep one of them." in page.text
    table = with_country.post("/setup/schools/", {**fields_of(page), "do": "problems"})
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    rows = table.content.decode("utf-8-sig").splitlines()
    assert rows[1] == "7,Naziv škole,The name is missing. Enter it.,yes"
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 nothing", "This is not a table. Save the list as CSV or XLSX."),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"old", "old Excel file"),
        (b"PK\x03\x04broken", "cannot be opened"),
    ],
)
def test_a_wrong_file_is_refused_with_what_to_do(with_country, data, says):
    page = upload(with_country, data)
    assert page.status_code == 422
    assert says in page.text
    assert not School.objects.exists()


def test_neither_file_nor_text(with_country):
    page = with_country.post("/setup/schools/", {"do": "preview", "country": "HR"})
    assert page.status_code == 422
    assert "Choose a file or paste the list." in page.text


def test_a_preview_of_somebody_else_or_a_changed_one_is_refused(with_country):
    page = upload(with_country, LIST)
    draft = hidden(page, "draft")
    answer = confirm(with_country, page, draft=draft[:-3] + "abc")
    assert answer.status_code == 422
    assert "This preview is too old." in answer.text


def test_confirming_twice_adds_once(with_country):
    page = upload(with_country, LIST)
    assert confirm(with_country, page).url == confirm(with_country, page).url
    assert School.objects.count() == 5


# ---- clusters and coordinators


def test_a_cluster_gets_its_seats(with_cluster):
    cluster = Cluster.objects.get()
    assert (cluster.name, cluster.origin, cluster.theme) == ("Međimurje", "bottom_up", "STEM")
    seats = cluster.seats.order_by("school__national_code").values_list("part", flat=True)
    assert list(seats) == ["mentor", *["mentee"] * 4]
    assert "Međimurje" in with_cluster.get("/setup/clusters/").text


def test_a_cluster_needs_a_mentee_school(with_schools):
    ids = list(School.objects.values_list("pk", flat=True))
    page = with_schools.post("/setup/clusters/", cluster_of(ids, **{"cluster-mentees": ids[:1]}))
    assert page.status_code == 422
    assert "Choose at least one mentee school" in page.text
    assert not Cluster.objects.exists()


def test_a_school_of_another_country_is_no_choice(with_schools):
    other = make_world("AL").schools[0]
    ids = list(School.objects.filter(country__code="HR").values_list("pk", flat=True))
    page = with_schools.post("/setup/clusters/", cluster_of([*ids, other.pk]))
    assert page.status_code == 422
    assert Cluster.objects.filter(country__code="HR").count() == 0


def coordinator_of(cluster, name="Maja Horvat", email="maja@example.org"):
    return {f"c{cluster.pk}-name": name, f"c{cluster.pk}-email": email}


def test_a_coordinator_is_invited_with_a_link_that_signs_in(with_cluster):
    cluster = Cluster.objects.get()
    answer = with_cluster.post("/setup/coordinators/", coordinator_of(cluster))
    assert answer.url == "/setup/coordinators/"
    maja = Person.objects.get(email="maja@example.org")
    assert Grant.objects.get(person=maja).scope_id == cluster.pk
    mentor = cluster.seats.get(part="mentor").school
    assert Membership.objects.get(person=maja).school == mentor
    letter = Letter.objects.get()
    assert (letter.to_address, letter.reply_to) == ("maja@example.org", "ada@example.org")
    assert letter.language == "hr"
    assert re.search(r"/sign-in/[\w-]{43}/", letter.text)
    life = SignInLink.objects.get().expires_at - letter.created_at
    assert life.days == 7
    assert with_cluster.get("/setup/").url == "/setup/done/"


def test_opening_the_service_asks_the_administrator_for_a_second_step(with_cluster):
    with_cluster.post("/setup/coordinators/", coordinator_of(Cluster.objects.get()))
    assert "/plan/new/" not in with_cluster.get("/setup/done/").text
    answer = with_cluster.post("/setup/done/", follow=True)
    assert "Set up the second step" in answer.text
    assert Installation.objects.get().opened_at is not None
    assert with_cluster.get("/setup/done/").status_code == 403
    ada = Person.objects.get(email=FIRST["email"])
    again = sign_in(Client(**HERE), ada, second_step=True)
    assert "Coordinators plan the first event." in again.get("/setup/done/").text
    cluster = Cluster.objects.get()
    people.grant(
        person_id=ada.pk, role=Role.SCHOOL_COORDINATOR, scope="school",
        scope_id=cluster.seats.first().school_id, by=SYSTEM, at=AT,
    )  # fmt: skip
    assert "/plan/new/" in again.get("/setup/done/").text


def test_the_link_of_the_invitation_signs_in(with_cluster):
    with_cluster.post("/setup/coordinators/", coordinator_of(Cluster.objects.get()))
    token = re.search(r"/sign-in/([\w-]{43})/", Letter.objects.get().text)[1]
    maja = Client(**HERE)
    assert maja.get(f"/sign-in/{token}/").status_code == 200
    page = maja.post(f"/sign-in/{token}/", follow=True)
    assert page.context["user"].email == "maja@example.org"
    assert maja.get("/setup/").status_code == 403


def test_an_invitation_can_be_sent_again(with_cluster):
    cluster = Cluster.objects.get()
    with_cluster.post("/setup/coordinators/", coordinator_of(cluster))
    maja = Person.objects.get(email="maja@example.org")
    assert "Invitation on its way" in with_cluster.get("/setup/coordinators/").text
    with_cluster.post("/setup/coordinators/", {"again": f"{cluster.pk}-{maja.pk}"})
    assert Letter.objects.count() == 2
    assert SignInLink.objects.filter(used_at__isnull=True).count() == 1
    assert with_cluster.post("/setup/coordinators/", {"again": "7-x"}).status_code == 404
    assert with_cluster.post("/setup/coordinators/", {"again": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("name", "email", "says"),
    [
        ("Maja", "", "Enter the e-mail address of the coordinator."),
        ("", "maja@example.org", "Enter the name of the coordinator."),
        ("Ada Admin", "ada@example.org", "Nobody gives a role to themselves."),
        ("42", "maja@example.org", "as it should stand on certificates"),
    ],
)
def test_half_an_invitation_invites_nobody(with_cluster, name, email, says):
    data = coordinator_of(Cluster.objects.get(), name, email)
    page = with_cluster.post("/setup/coordinators/", data)
    assert page.status_code == 422
    assert says in page.text
    assert not Letter.objects.exists()
    assert Person.objects.count() == 1


def test_of_two_invitations_one_refused_means_none(with_cluster):
    ids = list(School.objects.order_by("pk").values_list("pk", flat=True))
    with_cluster.post("/setup/clusters/", cluster_of(ids, **{"cluster-name": "Zagorje"}))
    first, second = Cluster.objects.order_by("name")
    page = with_cluster.post(
        "/setup/coordinators/", coordinator_of(first) | coordinator_of(second, "42")
    )
    assert page.status_code == 422
    assert not Letter.objects.exists()


def test_the_invitation_is_delivered(with_cluster, settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with_cluster.post("/setup/coordinators/", coordinator_of(Cluster.objects.get()))
    sweep.drain(at=Letter.objects.get().created_at)
    assert Letter.objects.get().state == "sent"
    assert "Invitation sent" in with_cluster.get("/setup/coordinators/").text
