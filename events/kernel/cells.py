"""Cells of tables that people open in a spreadsheet."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
LOOKED_AT = frozenset(RISKY) | {" "}


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: risky beginnings get an apostrophe.

    Follows the advice of OWASP on CSV injection; also cells with leading spaces are looked at.
    """
    text = "" if value is None else str(value)
    if text[:1] not in LOOKED_AT:  # nearly all cells of a large table
        return text
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text
