"""Simulators run where the demo is, keep what they hold, and never in a real installation."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import requests
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from config import env
from config.embedded import places, simulators, stack
from config.simulated import web
from tests.config.test_production import GOOD
from tests.stack import stack as installation
from tests.stack import until

ROOT = Path(env.ROOT)


def manage(tmp_path, *words, **changed):
    """A command of an installation with the settings of a real one, but for what is changed."""
    kept = {name: text for name, text in os.environ.items() if name not in env.NAMES}
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=env.ROOT, check=False, capture_output=True,
        text=True, env={**kept, **GOOD, "KOLEGA_DATA": str(tmp_path), **changed},
    )  # fmt: skip


def test_production_with_simulators_does_not_start(tmp_path):
    done = manage(tmp_path, "check", KOLEGA_SIMULATORS="yes")
    assert done.returncode != 0
    assert "KOLEGA_SIMULATORS=no" in done.stderr
    assert not (tmp_path / "simulators").exists()


def test_production_has_no_process_and_no_address_of_simulators(tmp_path):
    done = manage(tmp_path, "simulators")
    assert done.returncode != 0
    assert "It has no simulators." in done.stderr
    show = "from django.conf import settings as s; print(repr(s.SIMULATORS_URL))"
    done = manage(tmp_path, "shell", "--no-imports", "-c", show)
    assert done.stdout.strip() == "''"


def test_the_check_minds_simulators_in_production(settings):
    settings.PRODUCTION = True
    assert "config.E001" not in {found.id for found in run_checks()}
    settings.KOLEGA_SIMULATORS = True
    assert "config.E001" in {found.id for found in run_checks()}
    settings.KOLEGA_SIMULATORS, settings.SIMULATORS_URL = False, "http://127.0.0.1:20000"
    assert "config.E001" in {found.id for found in run_checks()}


@pytest.mark.parametrize(
    ("variables", "there"),
    [
        ({"KOLEGA_DEMO": "yes"}, True),
        ({"KOLEGA_DEMO": "no"}, False),
        ({"KOLEGA_DEMO": "no", "KOLEGA_SIMULATORS": "yes"}, True),
        ({"KOLEGA_DEMO": "yes", "KOLEGA_SIMULATORS": "no"}, False),
        ({"KOLEGA_DEMO": "no", "KOLEGA_SIMULATORS": "yes", "KOLEGA_PRODUCTION": "yes"}, False),
    ],
)
def test_they_run_where_the_demo_is(monkeypatch, tmp_path, variables, there):
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    names = [spec.name for spec in stack.programs(tmp_path)]
    assert ("simulators" in names) is there


def test_without_the_wish_the_command_says_so(settings):
    settings.KOLEGA_SIMULATORS = False
    with pytest.raises(CommandError, match="switched off"):
        call_command("simulators")


def test_the_port_stays_the_same(tmp_path):
    port = simulators.kept_port(tmp_path)
    with socket.socket() as running:  # as the simulators do, so it is not free any more
        running.bind((simulators.HOST, port))
        assert simulators.kept_port(tmp_path) == port
    (tmp_path / "simulators" / "port").write_text("none")
    with pytest.raises(places.Trouble, match="cannot be used"):
        simulators.kept_port(tmp_path)


def test_the_process_listens_on_loopback_alone_comes_back_and_ends(tmp_path):
    with installation(tmp_path, KOLEGA_SIMULATORS="yes") as running:
        running.start()
        port = int((tmp_path / "simulators" / "port").read_text())
        url = f"http://127.0.0.1:{port}/"
        until(lambda: answers(url))
        assert "These are simulators on this machine" in requests.get(url, timeout=5).text
        assert listens(port) == {"0100007F"}
        before = running.pids()["simulators"]
        os.kill(before, signal.SIGKILL)
        until(lambda: running.pids().get("simulators") not in {None, before})
        until(lambda: answers(url))
        running.stop()
        assert not answers(url)


def answers(url):
    try:
        return requests.get(url, timeout=5).ok
    except requests.RequestException:
        return False


def listens(port):
    """The addresses (hexadecimal, as the kernel writes them) on which somebody listens at a port."""
    table = (
        Path("/proc/net/tcp").read_text().splitlines()
        + Path("/proc/net/tcp6").read_text().splitlines()
    )
    rows = (line.split() for line in table if ":" in line)
    return {
        row[1].partition(":")[0] for row in rows
        if row[3] == "0A" and int(row[1].partition(":")[2], 16) == port
    }  # fmt: skip


def test_pages_of_simulators_allow_nothing_from_elsewhere():
    assert re.findall(r"https?:", web.POLICY) == []
    assert django_settings.SIMULATORS_URL == ""
