"""Roles in words: what they are called, and what they let somebody see."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from events.kernel.actors import Role

NAMES: Mapping[str, Promise] = {
    Role.TEACHER: _("Teacher"),
    Role.PRESENTER: _("Presenter"),
    Role.HOST: _("Host"),
    Role.SCHOOL_COORDINATOR: _("School coordinator"),
    Role.CLUSTER_COORDINATOR: _("Cluster coordinator"),
    Role.SCHOOL_LEADER: _("School leader"),
    Role.NATIONAL_COORDINATOR: _("National coordinator"),
    Role.MINISTRY_OFFICER: _("Ministry officer"),
    Role.EXPERT: _("Expert"),
    Role.HELPDESK: _("Helpdesk"),
    Role.ADMINISTRATOR: _("Administrator"),
}

_CONTACT = _("Your name, e-mail address, school and roles, and your places at their events.")
_ATTENDANCE = _(
    "Your name, e-mail address, school and roles, your places and when you were at their events."
)
SEES: Mapping[str, Promise] = {
    Role.SCHOOL_COORDINATOR: _CONTACT,
    Role.CLUSTER_COORDINATOR: _ATTENDANCE,
    Role.NATIONAL_COORDINATOR: _ATTENDANCE,
    Role.MINISTRY_OFFICER: _(
        "In files of a term: your name, school, official identifier, hours and certificates."
    ),
    Role.HELPDESK: _("Your name, e-mail address, school and roles, and which mails were sent."),
    Role.ADMINISTRATOR: _(
        "Your name, e-mail address, school and roles, and which mails were sent."
    ),
}
