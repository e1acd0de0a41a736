"""People of the demo network one signs in as, and where they belong."""

from events.kernel.actors import Role

# Role, name; the address is `<role>@example.org`, as the terminal says at the start.
TEACHER = ("teacher@example.org", "Iva Šimić")
SCHOOL_COORDINATOR = ("school@example.org", "Marko Babić")
CLUSTER_COORDINATOR = ("cluster@example.org", "Petra Žagar")
NATIONAL_COORDINATOR = ("national@example.org", "Damir Čačić")
OFFICER = ("ministry@example.org", "Snježana Lovrić")
HELPDESK = ("helpdesk@example.org", "Tea Perković")
ADMINISTRATOR = ("admin@example.org", "Vedran Jukić")

WORLDWIDE = ((HELPDESK, Role.HELPDESK), (ADMINISTRATOR, Role.ADMINISTRATOR))
# Seats in the mentor school of the first Croatian cluster, by their number in its staff.
SEATS = {1: SCHOOL_COORDINATOR, 2: CLUSTER_COORDINATOR, 3: TEACHER}
STAR = "HR"
