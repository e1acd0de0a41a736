"""Lines of the log: one event a line, without personal data."""

import json
import logging
import re

ADDRESS = re.compile(r"[\w.+%-]+@[\w-]+(\.[\w-]+)+")
TOKEN_PATH = re.compile(r"/(r|j|a|v|calendar|checkin|mailbox)/[^\s/?\"']{6,}")
QUERY = re.compile(r"\?[^\s\"']+")


def without_personal_data(line: str) -> str:
    """The line without mail addresses, query strings and the tokens of personal links."""
    line = ADDRESS.sub("<address>", line)
    line = TOKEN_PATH.sub(r"/\1/<token>", line)
    return QUERY.sub("?<query>", line)


class PlainLines(logging.Formatter):
    """A line for people."""

    def __init__(self) -> None:
        """Time, level, source and text."""
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Line breaks inside the text are escaped, so nobody can forge a second line."""
        traced = bool(record.exc_info or record.stack_info)
        line = without_personal_data(super().format(record))
        return line if traced else line.replace("\r", "\\r").replace("\n", "\\n")


class JsonLines(logging.Formatter):
    """A line for a log collector."""

    def format(self, record: logging.LogRecord) -> str:
        """One JSON object: at, level, source, text, and the trace of an error."""
        parts = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "source": record.name,
            "text": without_personal_data(record.getMessage()),
        }
        if record.exc_info:
            parts["trace"] = without_personal_data(self.formatException(record.exc_info))
        return json.dumps(parts, ensure_ascii=False)
