"""A backup, put back into an empty installation, is the same database, files and keys."""

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest

from config import env
from config.backup import archive, database, recordings
from config.embedded import alone, orphans, servers

pytestmark = [pytest.mark.slow]


class House:
    """An installation whose database is up only when asked."""

    def __init__(self, data):
        self.data = data
        kept = {name: text for name, text in os.environ.items() if name not in env.NAMES}
        self.environment = {**kept, "KOLEGA_DATA": str(data), "KOLEGA_DEMO": "no"}

    def manage(self, *words):
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, words)],
            cwd=env.ROOT,
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout + done.stderr

    def content(self):
        """Every row of every table, as PostgreSQL writes it."""
        with psycopg.connect(servers.postgres_of(self.data).url()) as connection:
            names = [name for (name,) in connection.execute(database.TABLES)]
            return {name: _rows(connection, name) for name in names}

    def execute(self, *statements):
        with psycopg.connect(servers.postgres_of(self.data).url()) as connection:
            for statement in statements:
                connection.execute(statement)

    def key(self):
        return (self.data / "secrets" / "data-key").read_text()

    def recordings(self):
        """The digest of every file of recordings, by its key."""
        home = self.data / "recordings"
        return {
            str(file.relative_to(home)): archive.digest(file)
            for file in home.rglob("*")
            if file.is_file()
        }


def _rows(connection, name):
    with connection.cursor().copy(f'COPY (SELECT * FROM "{name}") TO STDOUT') as rows:  # noqa: S608  names of our own tables
        return sorted(bytes(row) for row in rows)


@pytest.fixture
def up(monkeypatch):
    """Has the embedded database of a house answer inside a block, without the rest of it."""
    for name in env.NAMES:
        monkeypatch.delenv(name, raising=False)

    @contextlib.contextmanager
    def running(house):
        with alone.database(house.data, exclusive=True):
            yield house

    return running


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A backup of an installation with rows and files, made while it ran; and what it held."""
    house = House(tmp_path_factory.mktemp("first") / "a house")
    saved = {name: os.environ.pop(name) for name in env.NAMES if name in os.environ}
    target = house.data.parent / "kolega.tar"
    with alone.database(house.data, exclusive=True):
        assert house.manage("prepare") == (0, "")
        house.execute(
            "CREATE TABLE remembered (id int PRIMARY KEY, word text)",
            "INSERT INTO remembered SELECT n, 'žđć ' || n FROM generate_series(1, 500) AS n",
        )
        for name in ("ab/cd/photo.jpg", "other"):
            file = house.data / "files" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(name.encode() * 1000)
        for name in ("7/1/original.mp4", "7/1/240p_00001.m4s", "8/2/audio.m4a.coming"):
            file = house.data / "recordings" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(name.encode() * 5000)
        status, said = house.manage("backup", target)
        assert status == 0, said
        apart = house.data.parent / "apart.tar"
        status, said_apart = house.manage("backup", apart, "--without-recordings")
        assert status == 0, said_apart
        home = house.data / "recordings"
        assert f"Copy them by themselves: {home}" in said_apart
        house.environment["KOLEGA_RECORDINGS"] = "s3://lessons"
        status, said_apart = house.manage("backup", house.data.parent / "bucket.tar")
        assert status == 0, said_apart
        assert "Copy them by themselves: s3://lessons" in said_apart
        del house.environment["KOLEGA_RECORDINGS"]
        held = house.content()
    os.environ.update(saved)
    assert orphans._strays(house.data) == []
    return house, target, held, said


def test_a_backup_says_what_it_holds_and_keeps_the_keys_apart(filled):
    house, target, held, said = filled
    rows = sum(map(len, held.values()))
    assert said.startswith(
        f"{target}: {len(held)} tables, {rows} rows, 2 files, 2 files of recordings.\n"
    )
    assert target.stat().st_mode & 0o077 == 0
    assert (target.parent / "kolega.tar.keys").stat().st_mode & 0o077 == 0
    assert house.key().strip().encode() not in target.read_bytes()
    assert (house.data / "last-backup").read_text()
    assert json.loads((target.parent / "kolega.tar.keys").read_text())["data-key"] in house.key()


def test_an_empty_installation_becomes_the_one_backed_up_and_can_be_backed_up_again(
    filled, up, tmp_path
):
    first, target, held, _ = filled
    second = House(tmp_path / "second")
    status, said = second.manage("restore", target)
    assert status == 0, said
    assert "2 files, 2 files of recordings." in said
    whole = {name: digest for name, digest in first.recordings().items() if "coming" not in name}
    assert second.recordings() == whole
    assert [one.name for one in (second.data / "recordings").iterdir()] == ["7"]
    with up(second):
        assert second.content() == held
        assert second.manage("backup", tmp_path / "again.tar")[0] == 0
    assert (second.data / "files" / "ab/cd/photo.jpg").read_bytes() == b"ab/cd/photo.jpg" * 1000
    assert second.key() == first.key()
    third = House(tmp_path / "third")
    status, said = third.manage("restore", tmp_path / "again.tar")
    assert status == 0, said
    with up(third):
        assert third.content() == held


def test_recordings_are_replaced_when_asked_or_left_alone(filled, tmp_path):
    first, target, _, _ = filled
    house = House(tmp_path / "used")
    kept = house.data / "recordings" / "9" / "1" / "original.mp4"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"kept")
    status, said = house.manage("restore", target)
    assert status == 1
    assert f"{house.data / 'recordings'} is not empty" in said
    status, said = house.manage("restore", target.with_name("apart.tar"))
    assert status == 0, said
    assert f"Put them back by themselves: {first.data / 'recordings'}" in said
    status, said = house.manage("restore", target, "--replace", "--without-recordings")
    assert (status, set(house.recordings())) == (0, {"9/1/original.mp4"}), said
    house.environment["KOLEGA_RECORDINGS"] = "s3://lessons"
    assert "names a storage elsewhere" in house.manage("restore", target, "--replace")[1]
    del house.environment["KOLEGA_RECORDINGS"]
    status, said = house.manage("restore", target, "--replace")
    assert status == 0, said
    assert set(house.recordings()) == {"7/1/original.mp4", "7/1/240p_00001.m4s"}


def test_what_is_there_is_replaced_only_when_asked(filled, up, tmp_path):
    _, target, held, _ = filled
    house = House(tmp_path / "used")
    with up(house):
        house.execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)")
        status, said = house.manage("restore", target)
        assert status == 1
        assert "Kolega already runs on" in said
    status, said = house.manage("restore", target)
    assert status == 1
    assert "The database is not empty. Add --replace" in said
    with up(house):
        assert house.content() == {"kept": [b"7\n"]}
    assert house.manage("restore", target, "--replace")[0] == 0
    with up(house):
        assert house.content() == held


def test_a_failed_restore_leaves_what_was_there(filled, up, tmp_path):
    _, target, _, _ = filled
    broken = _rewritten(
        target,
        tmp_path / "broken.tar",
        lambda name, _: b"no dump" if name == archive.DUMP else None,
    )
    house = House(tmp_path / "used")
    with up(house):
        house.execute("CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)")
    status, said = house.manage("restore", broken, "--replace")
    assert status == 1
    assert "pg_restore failed" in said
    with up(house):
        assert house.content() == {"kept": [b"7\n"]}


@pytest.mark.parametrize(
    ("start", "name"),
    [(b"otherother", "files/other"), (b"original.mp47/1", "recordings/7/1/original.mp4")],
)
def test_a_changed_byte_is_found_before_anything_changes(filled, tmp_path, start, name):
    _, target, _, _ = filled
    content = bytearray(target.read_bytes())
    content[content.index(start) + 50] ^= 1
    damaged = tmp_path / "damaged.tar"
    damaged.write_bytes(content)
    shutil.copy(f"{target}.keys", f"{damaged}.keys")
    house = House(tmp_path / "house")
    status, said = house.manage("restore", damaged)
    assert status == 1
    assert f"damaged.tar is damaged: {name} is not as it was written." in said
    assert not (house.data / "files").exists()
    assert house.recordings() == {}


def test_missing_and_foreign_keys_are_refused(filled, tmp_path):
    _, target, _, _ = filled
    lonely = tmp_path / "lonely.tar"
    shutil.copy(target, lonely)
    house = House(tmp_path / "house")
    assert "lonely.tar.keys is missing" in house.manage("restore", lonely)[1]
    kept = json.loads((target.parent / "kolega.tar.keys").read_text())
    kept["data-key"] = "A" * 43 + "="
    (tmp_path / "lonely.tar.keys").write_text(json.dumps(kept))
    assert "The data key does not fit this backup." in house.manage("restore", lonely)[1]


@pytest.mark.parametrize(
    "name", ["files/../../escaped", "recordings/../../escaped", "/etc/escaped", "escaped"]
)
def test_an_archive_cannot_write_elsewhere(tmp_path, name):
    wicked = tmp_path / "wicked.tar"
    manifest = archive.Manifest(archive.FORMAT, "", 18, "", {}, {name: "0"})
    with tarfile.open(wicked, "w") as tar:
        for member, content in (
            (archive.MANIFEST, json.dumps(vars(manifest)).encode()),
            (name, b"x"),
        ):
            head = tarfile.TarInfo(member)
            head.size = len(content)
            tar.addfile(head, io.BytesIO(content))
    (tmp_path / "in").mkdir()
    with pytest.raises(archive.Damaged, match="does not belong there"):
        archive.unpack(wicked, tmp_path / "in", recordings=tmp_path / "in")
    assert not (tmp_path / "escaped").exists()


@pytest.mark.parametrize("cut", [0, 100, 600, 5000])
def test_a_file_cut_short_is_refused(filled, tmp_path, cut):
    _, target, _, _ = filled
    short = tmp_path / "short.tar"
    short.write_bytes(target.read_bytes()[:cut])
    with pytest.raises(archive.Damaged):
        archive.unpack(short, tmp_path, recordings=None)


def test_a_backup_overwrites_nothing(filled):
    house, target, _, _ = filled
    before = target.read_bytes()
    status, said = house.manage("backup", target)
    assert status == 1
    assert "exists already. Choose another name." in said
    assert target.read_bytes() == before


def _rewritten(source, target, change):
    """The archive with members changed and a manifest that knows the change."""
    with tarfile.open(source) as old:
        content = {member.name: old.extractfile(member).read() for member in old}
    manifest = json.loads(content.pop(archive.MANIFEST))
    folder = target.parent / "members"
    for name, held in content.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(change(name, held) or held)
        manifest["digests"][name] = archive.digest(file)
    with target.open("wb") as out:
        archive.write(out, archive.Manifest(**manifest), {n: folder / n for n in content})
    shutil.copy(f"{source}.keys", f"{target}.keys")
    return target


def folders_of_recordings(home, *names):
    for name in names:
        (home / name).mkdir(parents=True)
        (home / name / "file").write_text(str(home))
    return home


def test_what_the_disk_itself_keeps_is_no_recording_and_stays(tmp_path):
    place = folders_of_recordings(tmp_path / "disk", "lost+found")
    assert recordings.is_empty(place)
    new = folders_of_recordings(place / ".restore-1" / "recordings", "7")
    recordings.put(new, place, old=place / ".restore-1" / "replaced")
    assert {one.name for one in place.iterdir()} == {".restore-1", "7", "lost+found"}


def test_recordings_stay_as_they_were_where_moving_them_fails(tmp_path, monkeypatch):
    place = folders_of_recordings(tmp_path / "disk", "7", "8")
    new = folders_of_recordings(place / ".restore-1" / "recordings", "7", "9")
    rename = Path.rename

    def refuse(self, target):
        if self.name == "9":
            raise PermissionError(self)
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(PermissionError):
            recordings.put(new, place, old=place / ".restore-1" / "replaced")
    assert {one.name for one in place.iterdir()} == {".restore-1", "7", "8"}
    assert (place / "7" / "file").read_text() == str(place)
