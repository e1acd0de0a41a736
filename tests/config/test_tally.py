"""The last lines of `make test`, and what continuous integration does not let pass."""

import os
import subprocess
import sys

import pytest

from config import env
from tests import chromium, run

SUITE = """
import pytest

def test_runs(): pass

@pytest.mark.skip(reason="{reason}")
def test_is_left_out(): pass
"""


def run_suite(folder, reason, **environment):
    (folder / "test_one.py").write_text(SUITE.format(reason=reason))
    (folder / "pytest.ini").write_text("[pytest]\n")
    words = [
        "-q",
        "-p",
        "tests.tally",
        "-c",
        folder / "pytest.ini",
    ]
    kept = {name: text for name, text in os.environ.items() if name != "CI"}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, folder],
        cwd=env.ROOT,
        env={**kept, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **environment},
        check=False,
        capture_output=True,
        text=True,
    )
    return done.returncode, done.stdout


def test_the_last_lines_count_what_ran_and_why_the_rest_did_not(tmp_path):
    status, said = run_suite(tmp_path, "no moon tonight")
    assert status == 0
    assert said.endswith("\nrun 1, failed 0, skipped 1\n  1 skipped: no moon tonight\n")


def test_continuous_integration_refuses_other_reasons(tmp_path):
    status, said = run_suite(tmp_path, "no moon tonight", CI="true")
    assert status == 1
    assert said.endswith("In CI a test may be skipped only because ../shared is absent.\n")


def test_continuous_integration_accepts_the_absent_folder_only_while_it_is_absent(tmp_path):
    status, _ = run_suite(tmp_path, "the samples of ../shared are absent", CI="true")
    assert status == (1 if (env.ROOT.parent / "shared").is_dir() else 0)


def test_a_named_browser_counts_only_if_it_can_run(monkeypatch, tmp_path):
    named = tmp_path / "chromium"
    named.write_text("")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium.find() is None
    named.chmod(0o755)
    assert chromium.find() == named


def test_a_browser_on_the_path_is_found(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    found = tmp_path / "google-chrome"
    found.write_text("")
    found.chmod(0o755)
    assert chromium.find() == found


def test_lock_files_name_no_host(tmp_path):
    script = env.ROOT / ".ci" / "lock-names-no-host"
    assert subprocess.run([script], check=False).returncode == 0
    copy = tmp_path / ".ci" / "lock-names-no-host"
    copy.parent.mkdir()
    copy.write_text(script.read_text())
    copy.chmod(0o755)
    (tmp_path / "tests" / "peers").mkdir(parents=True)
    (tmp_path / "tests" / "peers" / "package-lock.json").write_text("{}")
    (tmp_path / "requirements.lock").write_text("package @ https://packages.example.org/x.whl\n")
    assert subprocess.run([copy], check=False, capture_output=True).returncode == 1


@pytest.mark.parametrize("kind", ["run", "dev"])
def test_locks_pin_every_package_with_hashes(kind):
    name = {"run": "requirements.lock", "dev": "requirements-dev.lock"}[kind]
    entries = [
        block for block in (env.ROOT / name).read_text().split("\n") if block and block[0] != " "
    ]
    text = (env.ROOT / name).read_text()
    assert len(entries) > 50
    assert all("==" in entry and entry.endswith("\\") for entry in entries)
    assert text.count("--hash=sha256:") >= len(entries)


SHAKY = """
from pathlib import Path

def test_is_late_once():
    before = Path(__file__).with_name("before")
    late = not before.exists()
    before.write_text("")
    assert not late

def test_is_wrong():
    assert {right}
"""


def run_twice(folder, monkeypatch, *, right):
    (folder / "test_one.py").write_text(SHAKY.format(right=right))
    (folder / "pytest.ini").write_text("[pytest]\n")
    calls = []

    def suite(arguments):
        chosen = [name.rpartition("/")[2] for name in arguments if name.endswith(".py")]
        words = [sys.executable, "-m", "pytest", "-q", "-p", "tests.tally", "--rootdir", folder]
        words += ["-c", folder / "pytest.ini", *[a for a in arguments if a.startswith("--failed")]]
        calls.append(chosen)
        return subprocess.run(
            [*words, *([folder / name for name in chosen] or [folder])],
            cwd=env.ROOT, env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, check=False,
        ).returncode  # fmt: skip

    monkeypatch.setattr(run, "suite", suite)
    monkeypatch.setenv("BROWSER", "none")
    return run.main([]), calls


def test_what_failed_by_chance_is_run_again_and_named(tmp_path, monkeypatch, capsys):
    status, calls = run_twice(tmp_path, monkeypatch, right=True)
    assert (status, calls) == (0, [[], ["test_one.py"]])
    assert "Passed only when run again: test_one.py::test_is_late_once" in capsys.readouterr().out


def test_what_is_wrong_stays_wrong(tmp_path, monkeypatch):
    status, calls = run_twice(tmp_path, monkeypatch, right=False)
    assert status == 1
    assert calls[1] == ["test_one.py"]
