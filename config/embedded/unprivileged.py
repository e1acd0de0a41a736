"""How PostgreSQL runs when we are root: it refuses uid 0."""

import functools
import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from config.embedded.places import Trouble

NAMESPACE = ("unshare", "--user", "--map-user=1000", "--map-group=1000")
ACCOUNTS = ("kolega", "postgres", "nobody")


@functools.cache
def namespaces_work() -> bool:
    """Whether the system lets us map root to an ordinary user."""
    try:
        done = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False)  # noqa: S603 - fixed words
    except OSError:
        return False
    return done.returncode == 0


def account() -> pwd.struct_passwd | None:
    """The account PostgreSQL runs as, where it needs one: only for root without namespaces."""
    if os.getuid() != 0 or (sys.platform.startswith("linux") and namespaces_work()):
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    for name in ACCOUNTS:
        if name in known:
            return known[name]
    message = (
        "PostgreSQL refuses to run as root and there is no other account to run it as. "
        "Start Kolega as an ordinary user, or set DATABASE_URL."
    )
    raise Trouble(message)


def command(words: Sequence[str]) -> list[str]:
    """The command as an ordinary user: in a namespace, or else with another account."""
    if os.getuid() != 0:
        return list(words)
    other = account()
    if other is None:
        return [*NAMESPACE, *words]
    ids = [f"--reuid={other.pw_uid}", f"--regid={other.pw_gid}", "--clear-groups"]
    return ["setpriv", *ids, "--pdeathsig", "INT", *words]


def hand_over(folder: Path) -> None:
    """Give a folder of PostgreSQL to the account it runs as, if it has one."""
    other = account()
    if other is None:
        return
    folder.parent.chmod(0o711)  # to pass through; what lies beside stays closed
    if not all(parent.stat().st_mode & 0o001 for parent in folder.parents):
        message = (
            f"PostgreSQL runs as {other.pw_name} here and cannot reach {folder}. "
            "Set KOLEGA_DATA to a folder every account can enter, such as /srv/kolega."
        )
        raise Trouble(message)
    for file in [folder, *folder.rglob("*")]:
        os.chown(file, other.pw_uid, other.pw_gid, follow_symlinks=False)
