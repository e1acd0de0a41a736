import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.people.sealing import SealBroken, lookup_hash, place, seal, unseal

KEY, OTHER = bytes(range(32)), bytes(range(32, 64))
HERE, THERE = place("identifier", "sealed", 1), place("identifier", "sealed", 2)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_what_is_sealed_opens_at_its_place(plain):
    assert unseal(seal(plain, key=KEY, bound_to=HERE), keys={1: KEY}, bound_to=HERE) == plain


def test_swapped_rows_are_refused():
    sealed = seal("12345678903", key=KEY, bound_to=HERE)
    with pytest.raises(SealBroken):
        unseal(sealed, keys={1: KEY}, bound_to=THERE)


def test_another_key_opens_nothing():
    sealed = seal("12345678903", key=KEY, bound_to=HERE)
    for keys in ({1: OTHER}, {2: KEY}, {}):
        with pytest.raises(SealBroken):
            unseal(sealed, keys=keys, bound_to=HERE)


def test_every_changed_byte_is_noticed():
    sealed = seal("12345678903", key=KEY, bound_to=HERE)
    keys = dict.fromkeys(range(256), KEY)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(SealBroken):
            unseal(changed, keys=keys, bound_to=HERE)


@pytest.mark.parametrize("stump", [b"", b"\x01", b"\x01" + bytes(12), bytes(40)])
def test_a_stump_is_refused(stump):
    with pytest.raises(SealBroken):
        unseal(stump, keys={0: KEY, 1: KEY}, bound_to=HERE)


def test_old_keys_still_open_after_a_change_of_key():
    old = seal("a", key=KEY, bound_to=HERE)
    new = seal("b", key=OTHER, bound_to=HERE, key_id=2)
    keys = {1: KEY, 2: OTHER}
    assert [unseal(one, keys=keys, bound_to=HERE) for one in (old, new)] == ["a", "b"]


def test_the_same_value_never_looks_the_same():
    assert len({seal("x", key=KEY, bound_to=HERE) for _ in range(20)}) == 20


def test_lookup_hash_finds_a_value_and_keeps_kinds_apart():
    found = lookup_hash("12345678903", key=KEY, scope="hr.oib")
    assert found == lookup_hash("12345678903", key=KEY, scope="hr.oib")
    assert len(found) == 64
    others = {
        lookup_hash("12345678903", key=OTHER, scope="hr.oib"),
        lookup_hash("12345678903", key=KEY, scope="rs.jmbg"),
        lookup_hash("12345678904", key=KEY, scope="hr.oib"),
    }
    assert len(others) == 3
    assert found not in others


def test_short_keys_and_missing_places_are_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        seal("x", key=b"short", bound_to=HERE)
    with pytest.raises(ValueError, match="place"):
        seal("x", key=KEY, bound_to="")
