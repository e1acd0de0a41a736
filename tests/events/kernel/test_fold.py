import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from events.kernel.fold import plain_letters, search_key, sort_key


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (["Đorđević", "Djordjević", "DJORDJEVIC", "dordevic", "Ђорђевић"], "dordevic"),
        (["Љубица Њежић", "Ljubica Nježić", "ljubica njezic"], "ljubica njezic"),
        (["Џон", "Džon", "dzon", "ǆon"], "dzon"),
        (["Ѓорѓи Ќосев", "Gjorgji Kjosev"], "gjorgji kjosev"),
        (["Ѕвездан", "Dzvezdan"], "dzvezdan"),
        (["Çelës Gërmenj", "celes germenj"], "celes germenj"),
        (["Őrsi Tűzö", "orsi tuzo"], "orsi tuzo"),
        (["Straße", "STRASSE"], "strasse"),
        (["Łódź", "lodz"], "lodz"),
        (["O’Connor", "O'Connor", "oconnor"], "oconnor"),
        (["Основна школа „Мирослав Антић — Мика“", "osnovna skola miroslav antic mika"],
         "osnovna skola miroslav antic mika"),
        (["  Ana-Marija\u00a0 Horvat ", "ana marija horvat"], "ana marija horvat"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_share_one_search_key(spellings, key):
    assert {search_key(spelling) for spelling in spellings} == {key}


def test_composed_and_decomposed_letters_share_one_search_key():
    assert search_key("Ќ\u0306") == search_key("К\u0301\u0306") == "kj"
    assert search_key("c\u030cvor") == search_key("čvor") == "cvor"


def test_different_names_keep_different_search_keys():
    assert len({search_key(name) for name in ["Ana", "Anja", "Ana B", "Anab", "Ane"]}) == 5


@settings(deadline=None)
@given(st.text())
@example("djj")
@example("d'j")
@example("İı")
@example("ẖ K Å")
def test_search_key_of_a_search_key_is_itself(text):
    assert search_key(search_key(text)) == search_key(text)


HR = "Ana Cvita Čedo Ćiro Dora Dženan Đuro Ema Luka Lovro Ljubo Mato Nina Niko Njegoš Ozren Sara Šime Toni Zora Žarko"
SQ = "Agim Cen Çelik Dafina Dhimitër Edona Ëndrra Gazmend Gjergj Lena Llesh Nora Njomza Rita Rrezarta Sara Shpend Tea Thanas Xani Xheni Zef Zhaklin"
HU = "Anna Cecil Csaba Dezső Dzseni Erik Gábor Gyula Lajos Lyuba Nándor Nyíri Otto Özséb Sára Szabolcs Tamás Tyra Ubul Ünige Zita Zsolt"
MK = "Ана Бојан Гоце Дана Ѓорѓи Ема Жарко Зоран Ѕвезда Илија Јана Кире Лена Љупчо Мира Нада Њуто Олга Тане Ќире Урош Филип Цвета Чедо Џемо Шенол"
SR = "Ана Бојан Вук Гоца Дана Ђорђе Ема Жика Зоран Ива Јана Коста Лена Љуба Мира Нада Њега Олга Пера Тома Ћира Урош Филип Хана Цане Чеда Џони Шана"
PL = "Adam Ącki Celina Ćma Lena Łucja Natan Ńemo Zofia Źrebak Żaneta"
CS = "Cyril Čeněk Hana Chvalimír Ivo Radim Řehoř Sam Šimon Zora Žofie"
RO = "Aron Ăsta Ânton Ion Îngrid Sorin Ștefan Toma Țuca"


@pytest.mark.parametrize(
    ("language", "ordered"),
    [("hr", HR.replace("Luka Lovro", "Lovro Luka").replace("Nina Niko", "Niko Nina")),
     ("sq", SQ), ("hu", HU), ("mk", MK), ("sr", SR), ("pl", PL), ("cs", CS), ("ro", RO)],
)  # fmt: skip
def test_names_sort_in_the_order_of_their_alphabet(language, ordered):
    names = ordered.split()
    by_bytes = sorted(set(names), key=lambda name: sort_key(name, language).encode())
    assert by_bytes == names


def test_english_order_puts_no_letter_behind_z():
    names = ["Čedo", "Cvita", "Dora", "Élan", "Zora"]
    assert sorted(names, key=sort_key) == names


@pytest.mark.parametrize(
    ("language", "earlier", "later"),
    [
        ("en", "Ana Zorić", "Anabela"),
        ("en", "School 2", "School 10"),
        ("sr", "Вртић 4", "Вртић 23"),
        ("en", "ana", "Ana"),
        ("en", "Ana", "Anà"),
        ("hu", "Kasza", "Kassza"[:3] + "szb"),
        ("sr", "Шабан", "Ana"),
        ("sr-Latn", "Žika", "Ана"),
        ("hr", "Žika", "Ана"),
        ("hr-HR", "Cvita", "Čedo"),
        ("en", "„Ана“", "Б"),
    ],
)
def test_earlier_sorts_before_later(language, earlier, later):
    assert sort_key(earlier, language) < sort_key(later, language)


def test_a_quoted_name_sorts_under_its_first_letter():
    names = ["Б", "„Ана“", "В"]
    assert sorted(names, key=lambda n: sort_key(n, "sr")) == ["„Ана“", "Б", "В"]


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs"])),
    st.sampled_from(["en", "hr", "hu", "sr"]),
)
def test_sort_keys_can_be_stored_and_order_is_that_of_bytes(text, language):
    key = sort_key(text, language)
    assert "\x00" not in key
    pairs = itertools.pairwise(sorted([key, sort_key("m", language), sort_key("м", language)]))
    assert all(one.encode() <= other.encode() for one, other in pairs)


def test_sort_keys_of_long_names_fit_their_column():
    assert len(sort_key("Žarko " * 50, "hr")) == 250
    assert sort_key("Ana " * 40, "hr") < sort_key("Bruno " * 40, "hr")


def test_addresses_keep_a_j_that_is_a_letter_of_its_own():
    assert plain_letters("Prava djece i Đuro") == "prava djece i duro"
    assert search_key("Prava djece") == "prava dece"
