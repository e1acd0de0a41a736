"""What `make peers` says and how it ends, told with peers of our own making."""

import time

import pytest

from tests.peers import __main__ as peers
from tests.peers.environments import NotObtainable
from tests.peers.register import PEERS, Peer


def run(monkeypatch, capsys, *made: Peer) -> tuple[int, str]:
    monkeypatch.setattr(peers, "PEERS", made)
    return peers.main([]), capsys.readouterr().out


def here() -> str:
    return "there"


def absent() -> str:
    raise NotObtainable("nobody offers it")


def disagrees(_: str) -> str:
    raise AssertionError("another answer")


def test_each_peer_has_a_line(monkeypatch, capsys):
    made = Peer("one", here, lambda _: "much said"), Peer("two", absent, disagrees)
    status, told = run(monkeypatch, capsys, *made)
    assert "run             one: much said" in told
    assert "not obtainable  two: nobody offers it" in told
    assert status == 0


def test_a_peer_that_is_there_and_disagrees_fails_the_run(monkeypatch, capsys):
    status, told = run(monkeypatch, capsys, Peer("one", here, disagrees))
    assert "FAILED          one" in told
    assert "another answer" in told
    assert status == 1


def test_a_second_try_is_said(monkeypatch, capsys):
    tries = []

    def late(_: str) -> str:
        tries.append(1)
        return "in time" if len(tries) > 1 else disagrees(_)

    status, told = run(monkeypatch, capsys, Peer("one", here, late))
    assert "in time; only at the second try, first: AssertionError('another answer')" in told
    assert status == 0


def test_an_exchange_without_end_is_ended(monkeypatch, capsys):
    monkeypatch.setattr(peers, "ONE", 0.2)
    began = time.monotonic()
    status, told = run(monkeypatch, capsys, Peer("one", here, lambda _: time.sleep(30)))
    assert "no end after" in told
    assert status == 1
    assert time.monotonic() - began < 10


def test_a_name_that_nobody_has_fails():
    assert peers.main(["no such peer"]) == 1


@pytest.mark.parametrize("peer", PEERS, ids=lambda peer: peer.name)
def test_every_peer_says_its_version(peer):
    assert any(letter.isdigit() for letter in peer.name)
