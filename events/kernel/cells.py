"""Cells of tables that people open in a spreadsheet."""

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: risky beginnings get an apostrophe.

    Follows the advice of OWASP on CSV injection; also cells with leading spaces are looked at.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text
