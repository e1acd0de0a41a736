"""The programs of one installation."""

import os
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from config import env
from config.embedded import postgres, servers, valkey
from config.embedded.children import Spec
from config.embedded.places import Trouble

MANAGE = (sys.executable, str(env.ROOT / "manage.py"))
CELERY = (sys.executable, "-m", "celery", "-A", "config.celery:app")
APPS = ("config", "events", "recordings", "attendance", "integrations")
SPARE_CONNECTIONS = 2


def engines(data: Path) -> list[Spec]:
    """PostgreSQL and Valkey, unless the environment names servers."""
    specs = []
    if not env.text("DATABASE_URL"):
        cluster = servers.postgres_of(data)
        cluster.create()
        specs.append(
            Spec(
                "postgresql",
                tuple(cluster.command()),
                postgres.FAREWELL,
                before=cluster.make_ready_to_start,
                ready=cluster.ready,
            )
        )
    if not env.text("REDIS_URL"):
        store = servers.valkey_of(data)
        store.create()
        specs.append(
            Spec(
                "valkey",
                tuple(store.command()),
                valkey.FAREWELL,
                before=store.make_ready_to_start,
                ready=store.ready,
            )
        )
    return specs


def programs(data: Path) -> list[Spec]:
    """Web server, worker, beat, sweeps; without a mail server the mailbox, in the demo simulators."""
    return [*_mailbox(), *_simulators(), _web(), _worker(), _beat(data), *_sweep()]


def _web() -> Spec:
    threads = env.number("WEB_THREADS", 4, lowest=1, highest=64)
    options = {
        "interface": "wsgi", "host": env.text("KOLEGA_LISTEN", "127.0.0.1"),
        "port": str(env.number("PORT", 8000, lowest=1)),
        "workers": str(env.number("WEB_PROCESSES", 2, lowest=1, highest=64)),
        "blocking-threads": str(threads), "backlog": "1024", "workers-kill-timeout": "5",
        "log-level": "warning",
    }  # fmt: skip
    given = [word for name, value in options.items() for word in (f"--{name}", value)]
    given += ["--respawn-failed-workers", "--no-ws", "config.wsgi:application"]
    return Spec(
        "web", (sys.executable, "-m", "granian", *given),
        environment={"DATABASE_POOL": str(threads + SPARE_CONNECTIONS)}, ready=page_answers,
    )  # fmt: skip


def _worker() -> Spec:
    processes = env.number("WORKER_PROCESSES", 2, lowest=1, highest=64)
    quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=WARNING")
    return Spec("worker", (*CELERY, "worker", f"--concurrency={processes}", *quiet))


def _beat(data: Path) -> Spec:
    schedule = str(data / "beat-schedule")
    return Spec("beat", (*CELERY, "beat", "--pidfile=", "-s", schedule, "--loglevel=WARNING"))


def _sweep() -> list[Spec]:
    if not has_command("sweep"):
        return []
    loop = (*MANAGE, "sweep", "--loop")
    return [Spec("sweep", loop), Spec("films", (*loop, "--long", "--pause", "2"))]


def _mailbox() -> list[Spec]:
    wanted = not env.text("EMAIL_HOST") and has_command("mailbox")
    return [Spec("mailbox", (*MANAGE, "mailbox"))] if wanted else []


def _simulators() -> list[Spec]:
    """Simulators of calendars and meeting services, where the demo is; never in production."""
    wanted = env.flag("KOLEGA_SIMULATORS", default=env.flag("KOLEGA_DEMO", default=True))
    wanted = wanted and not env.production() and has_command("simulators")
    return [Spec("simulators", (*MANAGE, "simulators"))] if wanted else []


def demo() -> list[Spec]:
    """The demo network, loaded once beside the running pages; it skips a database in use."""
    wanted = env.flag("KOLEGA_DEMO", default=True) and has_command("demo")
    return [Spec("demo", (*MANAGE, "demo", "--if-empty"), once=True)] if wanted else []


def has_command(name: str) -> bool:
    """Whether one of our apps brings this management command."""
    return any((env.ROOT / app / "management/commands" / f"{name}.py").exists() for app in APPS)


def local_address() -> str:
    """Where the web server answers on this machine."""
    listen = env.text("KOLEGA_LISTEN", "127.0.0.1")
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(listen, listen)  # noqa: S104 - only compared
    return f"http://{host}:{env.number('PORT', 8000, lowest=1)}"


def page_answers() -> bool:
    """Whether the web server answers."""
    name = urlsplit(env.base_url()).netloc
    request = Request(f"{local_address()}/healthz", headers={"Host": name})  # noqa: S310 - ours
    try:
        with urlopen(request, timeout=2) as answer:  # noqa: S310 - our own address
            return bool(answer.read() == b"ok\n")
    except OSError:
        return False


def check_port() -> None:
    """Raise Trouble when another program has our port."""
    listen = env.text("KOLEGA_LISTEN", "127.0.0.1")
    port = env.number("PORT", 8000, lowest=1)
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, port))
        except OSError as problem:
            message = (
                f"Port {port} cannot be used ({os.strerror(problem.errno or 0)}). "
                f"Take another one: make run PORT={port + 1 if port < 65535 else 8000}"  # noqa: PLR2004 - last port
            )
            raise Trouble(message) from problem
