"""Names of languages."""

from django.utils.translation import get_language_info, gettext_noop

# Django's own catalogues name these wrongly or not at all, in Croatian or in Albanian.
_OUR_WORDS = (
    gettext_noop("Bulgarian"), gettext_noop("Serbian Latin"), gettext_noop("Armenian"),
    gettext_noop("Azerbaijani"), gettext_noop("Punjabi"), gettext_noop("Norwegian"),
    gettext_noop("Norwegian Bokmal"), gettext_noop("Thai"), gettext_noop("French"),
    gettext_noop("Hindi"), gettext_noop("Bosnian"), gettext_noop("Slovak"),
)  # fmt: skip


def name_of(code: str) -> str:
    """The name of a language (BCP 47 tag) in the reader's language, as in "Croatian"; else the tag."""
    try:
        name: str = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]
