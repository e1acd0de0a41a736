"""The table of environment variables. `docs/operations.md` is made from it."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
YES = frozenset({"1", "yes", "true", "on"})
NO = frozenset({"0", "no", "false", "off", ""})


class BadVariable(ValueError):
    """A variable holds something that cannot be used; the text says what to write instead."""


@dataclass(frozen=True)
class Variable:
    """One variable: its name, what holds when it is unset, and what it means."""

    name: str
    default: str
    meaning: str


TABLE = (
    Variable("KOLEGA_DATA", "var", "Folder for everything the installation keeps."),
    Variable("PORT", "8000", "Port of the web server."),
    Variable("KOLEGA_LISTEN", "127.0.0.1", "Address the web server listens on."),
    Variable(
        "BASE_URL",
        "http://127.0.0.1:PORT",
        "Address people use. Links in mails, calendars and codes are built from it alone.",
    ),
    Variable("KOLEGA_HOSTS", "", "Further host names the server answers to, with commas between."),
    Variable("KOLEGA_DEMO", "yes", "Load the demo network into an empty database: yes or no."),
    Variable(
        "KOLEGA_PRODUCTION",
        "no",
        "yes refuses to start without your own secrets, https and demo data switched off.",
    ),
    Variable(
        "KOLEGA_SECOND_STEP",
        "required",
        "off lets officers and administrators act without a code app; never in production.",
    ),
    Variable(
        "SECRET_KEY",
        "made once in KOLEGA_DATA/secrets",
        "Signs sessions and links; at least 50 characters. Needed in production.",
    ),
    Variable(
        "DATA_KEY",
        "made once in KOLEGA_DATA/secrets",
        "Encrypts official identifiers and credentials: 32 bytes as base64. Needed in production.",
    ),
    Variable(
        "DATA_KEY_OLD",
        "",
        "The key before DATA_KEY: it still opens what it sealed until `manage.py reseal` has run.",
    ),
    Variable(
        "DATABASE_URL",
        "the embedded PostgreSQL",
        "PostgreSQL 16 or newer, such as postgresql://user:password@host:5432/kolega.",
    ),
    Variable(
        "DATABASE_POOL",
        "0",
        "Connections each web process keeps; 0 means none is shared by threads.",
    ),
    Variable(
        "REDIS_URL",
        "the embedded Valkey",
        "Valkey or Redis with a password, such as rediss://:password@host:6379/0.",
    ),
    Variable("EMBEDDED_POSTGRESQL", "18", "Major version of the embedded PostgreSQL: 18 or 16."),
    Variable(
        "KOLEGA_SIMULATORS",
        "as KOLEGA_DEMO",
        "yes starts simulators of Microsoft, Google and BigBlueButton on this machine; never in "
        "production.",
    ),
    Variable(
        "KOLEGA_PRIVATE_SERVERS",
        "no",
        "yes lets connections name servers in private networks, such as a meeting server of your own.",
    ),
    Variable(
        "KOLEGA_CALENDAR_MINUTES",
        "30",
        "Minutes between two looks into each connected calendar (5 to 1440), whatever notices come.",
    ),
    Variable(
        "GOOGLE_CLIENT_ID",
        "",
        "Client id at Google, for coordinators who connect their own calendar by consent.",
    ),
    Variable("GOOGLE_CLIENT_SECRET", "", "Secret of that client."),
    Variable(
        "KOLEGA_RECORDINGS",
        "KOLEGA_DATA/recordings",
        "Folder of recordings, or s3://BUCKET for an S3-compatible storage.",
    ),
    Variable(
        "S3_ENDPOINT", "", "Address of the S3-compatible storage, such as https://s3.example.org."
    ),
    Variable("S3_ACCESS_KEY", "", "Access key of that storage."),
    Variable("S3_SECRET_KEY", "", "Secret key of that storage."),
    Variable("S3_REGION", "", "Region of that storage, where it has any."),
    Variable(
        "FFMPEG", "the one on the path, else a wheel's", "Path of the ffmpeg that makes sizes."
    ),
    Variable(
        "RECORDINGS_ACCEL",
        "",
        "Location in nginx (such as /protected-recordings/) that sends files for us; see Recordings above.",
    ),
    Variable("RECORDING_MAX_GB", "8", "Largest file of a recording, in gigabytes (1 to 100)."),
    Variable("RECORDING_QUOTA_GB", "500", "Gigabytes of recordings each country may keep."),
    Variable(
        "KOLEGA_TRANSCRIBE",
        "",
        "Program that writes captions: it gets a sound file, prints WebVTT.",
    ),
    Variable("EMAIL_HOST", "the embedded mailbox", "Mail server that sends our mails."),
    Variable("EMAIL_PORT", "587", "Port of the mail server."),
    Variable("EMAIL_USER", "", "User name at the mail server."),
    Variable("EMAIL_PASSWORD", "", "Password at the mail server."),
    Variable("EMAIL_SECURITY", "starttls", "starttls, tls or none."),
    Variable("EMAIL_FROM", "kolega@example.org", "Service address that mails come from."),
    Variable("KOLEGA_CONTACT", "", "Address on the privacy page for questions about one's data."),
    Variable(
        "KOLEGA_JITSI_HOST",
        "",
        "Host of a Jitsi server, like meet.example.org: organisers can then make a room there.",
    ),
    Variable(
        "KOLEGA_BELL", "yes", "Wake a worker at once when work falls due; no waits for the sweep."
    ),
    Variable("WEB_PROCESSES", "2", "Web server processes."),
    Variable("WEB_THREADS", "4", "Requests each web process answers at once."),
    Variable("WORKER_PROCESSES", "2", "Celery processes that do due work."),
    Variable(
        "TRUSTED_PROXIES",
        "",
        "Addresses of proxies whose X-Forwarded headers count, with commas between.",
    ),
    Variable("STATIC_NAMES", "hashed", "hashed, or plain before files are collected (in tests)."),
    Variable("LOG_FORMAT", "plain", "plain for people or json for a log collector."),
    Variable("LOG_TO", "files", "files under KOLEGA_DATA/logs, or stderr."),
    Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR."),
    Variable("DJANGO_DEBUG", "no", "yes shows Django's error pages; never in production."),
)
NAMES = frozenset(variable.name for variable in TABLE)


def as_markdown() -> str:
    """The table as docs/operations.md shows it."""
    head = "| variable | when unset | meaning |\n|---|---|---|\n"
    return head + "".join(f"| `{v.name}` | {v.default or '-'} | {v.meaning} |\n" for v in TABLE)


def text(name: str, default: str = "") -> str:
    """The variable's text, or `default` when it is unset or blank."""
    if name not in NAMES:
        message = f"{name} is not in the table of config/env.py."
        raise KeyError(message)
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """The variable as yes or no; raises BadVariable for anything else."""
    value = text(name, "yes" if default else "no").lower()
    if value not in YES | NO:
        message = f"{name} is {value!r}. Write yes or no."
        raise BadVariable(message)
    return value in YES


def number(name: str, default: int, *, lowest: int = 0, highest: int = 65535) -> int:
    """The variable as a whole number in [lowest, highest]; raises BadVariable otherwise."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()) or not lowest <= int(value) <= highest:
        message = f"{name} is {value!r}. Write a whole number from {lowest} to {highest}."
        raise BadVariable(message)
    return int(value)


def choice(name: str, default: str, allowed: tuple[str, ...]) -> str:
    """The variable as one of `allowed`; raises BadVariable otherwise."""
    value = text(name, default)
    if value not in allowed:
        message = f"{name} is {value!r}. Write one of: {', '.join(allowed)}."
        raise BadVariable(message)
    return value


def items(name: str) -> list[str]:
    """The variable's parts between commas, without blanks."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def data_folder() -> Path:
    """Folder of everything this installation keeps (absolute)."""
    return (ROOT / Path(text("KOLEGA_DATA", "var")).expanduser()).absolute()


def base_url() -> str:
    """Address people use, without a slash at the end."""
    port = number("PORT", 8000, lowest=1)
    return text("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/")


def production() -> bool:
    """Whether this is a real installation, which refuses demo secrets."""
    return flag("KOLEGA_PRODUCTION")
