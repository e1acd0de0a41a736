"""Finding the registrant behind a name: alphabets, orders, and names that only look alike."""

import pytest

from attendance.presence.matching import Kind, Registrant, propose
from attendance.presence.names import normal
from attendance.presence.reports import SeenPerson

SAME = [
    ("đorđe  PETROVIĆ", "Petrović Đorđe"),
    ("Hoxha, Arben", "Arben Hoxha"),
    ("Helena Kovac\u030cevic\u0301", "Helena Kovačević"),
    ("Елена\u00a0ПЕТРОВА", "Елена Петрова"),
    ("\u200eAna Kovač\ufeff", "Ana Kovač"),
]
OTHER_LETTERS = [
    ("Helena Kovacevic", "Helena Kovačević"),
    ("Đorđe Petrović", "Djordje Petrovic"),
    ("Ђорђе Петровић", "Đorđe Petrović"),
    ("Kovács Éva", "Eva Kovacs"),
    ("Елена Петрова", "Elena Petrova"),
    ("Ѓорѓи Ќосев", "Gjorgji Kjosev"),
    ("Ѕвезда Џепароска", "Dzvezda Džeparoska"),
    ("Łukasz Żak", "Lukasz Zak"),
    ("Ljiljana Njegoš", "Љиљана Његош"),
]
MORE_WORDS = [
    ("Josip Čačić iPad", "Josip Čačić"),
    ("prof. dr. sc. Ana Kovač", "Ana Kovač"),
    ("Ana Kovač (OŠ Centar)", "Kovač Ana"),
    ("Ana Kovač's iPhone", "Ana Kovačs"),
    ("iPhone od Ana Kovač", "Ana Kovač"),
    ("Ana Kovač 2", "Ana Kovač"),
]
SIMILAR = [
    ("Ivan Horvat", "Ivana Horvat"),
    ("Marija Kovač", "Marina Kovač"),
    ("Jana Nováková", "Jan Novák"),
]
TOO_FAR = [("Ana M.", "Ana Marković"), ("Marija iPhone", "Marija Kovač"), ("7B", "Ana Kovač")]


def registrants(*names):
    return [Registrant(number, name) for number, name in enumerate(names, 1)]


def seen(name, email=None, external_id=None):
    return SeenPerson("key", name, email, external_id, "", ())


def by_name(name, *names):
    return propose(seen(name), registrants(*names))


@pytest.mark.parametrize(("shown", "registered"), SAME)
def test_the_same_letters_are_the_same_name(shown, registered):
    assert normal(shown) == normal(registered)
    found = by_name(shown, "Somebody Else", registered)
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.EXACT_NAME, [2])
    assert not found.sure


@pytest.mark.parametrize(("shown", "registered"), OTHER_LETTERS)
def test_a_name_in_other_letters_is_suggested_and_never_exact(shown, registered):
    assert normal(shown) == normal(registered)
    found = by_name(shown, "Somebody Else", registered)
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.SUGGESTION, [2])


def test_a_name_in_the_letters_of_two_people_is_left_to_a_person():
    found = by_name("Helena Kovačević", "Helena Kovačević", "Helena Kovacevic")
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.SUGGESTION, [1, 2])


ADDRESSES = [
    ("other@elsewhere.test", {"emails": frozenset({"ana@skola.test"})}, Kind.SUGGESTION),
    ("other@elsewhere.test", {"on_record": frozenset({"office@skola.test"})}, Kind.SUGGESTION),
    ("OFFICE@skola.test", {"on_record": frozenset({"office@skola.test"})}, Kind.EXACT_NAME),
    ("other@elsewhere.test", {}, Kind.EXACT_NAME),
    (None, {"emails": frozenset({"ana@skola.test"})}, Kind.EXACT_NAME),
]


@pytest.mark.parametrize(("email", "known", "kind"), ADDRESSES)
def test_a_whole_name_with_another_address_is_only_suggested(email, known, kind):
    found = propose(seen("Ana Kovač", email), [Registrant(1, "Ana Kovač", **known)])
    assert (found.kind, [one.id for one in found.candidates]) == (kind, [1])


@pytest.mark.parametrize(("shown", "registered"), MORE_WORDS)
def test_a_name_with_more_words_is_suggested_and_never_exact(shown, registered):
    assert normal(shown) == normal(registered)
    found = by_name(shown, "Somebody Else", registered)
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.SUGGESTION, [2])


@pytest.mark.parametrize(("shown", "registered"), SIMILAR)
def test_a_similar_name_is_only_suggested(shown, registered):
    found = by_name(shown, registered)
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.SUGGESTION, [1])
    assert 80 <= found.candidates[0].score < 100
    assert not found.sure


@pytest.mark.parametrize(("shown", "registered"), TOO_FAR)
def test_a_name_too_far_away_is_nobody(shown, registered):
    assert by_name(shown, registered).kind is Kind.NONE


def test_two_registrants_of_one_name_are_left_to_a_person():
    found = by_name("Ana Kovač", "Ana Kovač", "Kovač Ana")
    assert (found.kind, [one.id for one in found.candidates]) == (Kind.SUGGESTION, [1, 2])


def test_a_first_name_alone_is_never_exact():
    assert by_name("Ana", "Ana").kind is Kind.SUGGESTION


def test_candidates_as_near_as_the_best_one_are_shown_with_it():
    found = by_name("Ivan Horvat", "Ivana Horvat", "Ivano Horvat", "Petra Novak")
    assert [one.id for one in found.candidates] == [1, 2]


def test_an_address_beats_the_name():
    known = [
        Registrant(1, "Ana Kovač"),
        Registrant(2, "Iva Babić", emails=frozenset({"Iva@skola.test"})),
    ]
    found = propose(seen("Ana Kovač", "iva@SKOLA.test", None), known)
    assert (found.kind, found.candidates[0].id, found.sure) == (Kind.EXACT_EMAIL, 2, True)


def test_a_principal_name_that_is_an_address_counts_as_one():
    known = [Registrant(2, "Iva Babić", emails=frozenset({"iva@skola.test"}))]
    found = propose(seen("x", None, "iva@skola.test"), known)
    assert found.kind is Kind.EXACT_EMAIL


def test_an_address_shared_by_colleagues_is_left_to_a_person():
    mail = frozenset({"skola@skola.test"})
    known = [Registrant(1, "Ana Kovač", mail), Registrant(2, "Iva Babić", mail)]
    found = propose(seen("Ana Kovač", "skola@skola.test", None), known)
    assert (found.kind, len(found.candidates), found.sure) == (Kind.SUGGESTION, 2, False)


def test_our_own_identifier_beats_everything():
    known = [
        Registrant(1, "Ana Kovač", emails=frozenset({"ana@skola.test"})),
        Registrant(2, "Iva Babić", external_ids=frozenset({"kolega-2"})),
    ]
    found = propose(seen("Ana Kovač", "ana@skola.test", "kolega-2"), known)
    assert (found.kind, found.candidates[0].id) == (Kind.EXACT_ID, 2)


def test_no_name_is_nobody():
    assert by_name("(Guest)", "Ana Kovač").kind is Kind.NONE
