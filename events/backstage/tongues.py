"""Names of languages."""

from django.utils.translation import get_language_info


def name_of(code: str) -> str:
    """The name of a language (BCP 47 tag) in the reader's language, as in "Croatian"; else the tag."""
    try:
        name: str = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]
