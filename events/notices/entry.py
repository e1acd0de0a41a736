"""Letters that let somebody in: the sign-in link and the link for a new password."""

import secrets

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from events.backstage import addresses
from events.backstage.post import Draft
from events.notices import sheets
from events.notices.sheets import Action, Detail, Quote, Sheet
from events.people.queries import Address


def sign_in(to: Address, *, token: str, code: str, purpose: str) -> Draft:
    """The link and the code of one request to sign in; kind `sign_in`."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        values = {"service": settings.KOLEGA_NAME}
        sheet = Sheet(
            subject=_("Sign in to %(service)s") % values,
            title=Quote(_("Sign in to %(service)s") % values, language),
            said=(_("Press the button, or type the code into the page that asked for it."),),
            details=(Detail(_("Code"), f"{code[:3]} {code[3:]}"),),
            buttons=(
                Action(
                    _("Sign in"),
                    addresses.absolute(addresses.first("sign_in_link", args=(token,))),
                ),
            ),
            foot=(
                _("Link and code work once, within 15 minutes."),
                _("You did not ask for this? Do nothing: without this mail nobody gets in."),
            ),
        )
        return sheets.draft(sheet, to=to, purpose=purpose, kind="sign_in")


def new_password(to: Address, *, link: str) -> Draft:
    """The link to the page that sets a new password; kind `new_password`."""
    language = sheets.tongue(to.language)
    with translation.override(language):
        values = {"service": settings.KOLEGA_NAME, "name": to.name}
        sheet = Sheet(
            subject=_("New password for %(service)s") % values,
            title=Quote(_("New password for %(service)s") % values, language),
            said=(_("Somebody asked for a new password for: %(name)s.") % values,),
            buttons=(Action(_("Choose a new password"), link),),
            foot=(_("You did not ask for this? Do nothing: your password stays as it is."),),
        )
        purpose = f"new-password:{secrets.token_hex(16)}"
        return sheets.draft(sheet, to=to, purpose=purpose, kind="new_password")
