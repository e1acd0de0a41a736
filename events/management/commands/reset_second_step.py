"""Takes away the second step of somebody who cannot ask an administrator, such as the last one."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from events.backstage import edge
from events.kernel import clock
from events.kernel.actors import system
from events.kernel.errors import DomainError
from events.networks.persons import helping
from events.people.models import Person

REASON = "Asked for on the server itself (manage.py reset_second_step)."


class Command(BaseCommand):
    """Whoever may run commands on the server may do this; it is audited and the person is told."""

    help = "Take away the lost code app of a person, by e-mail address or handle."

    def add_arguments(self, parser: CommandParser) -> None:
        """One argument."""
        parser.add_argument(
            "who", metavar="EMAIL", help="e-mail address, or handle where it is shared"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002  Django's signature
        """Find the one person and take the step away."""
        person = _found(options["who"].strip())
        by, at = system("reset_second_step"), clock.now()
        try:
            helping.take_second_step(person.pk, reason=REASON, by=by, at=at)
        except DomainError as refusal:
            raise CommandError(edge.sentence(refusal)) from refusal
        self.stdout.write(
            f"The second step of {person.handle} is taken away; the person is told by mail."
        )


def _found(who: str) -> Person:
    rows = Person.objects.filter(is_active=True)
    found = list(rows.filter(email=who.lower()) if "@" in who else rows.filter(handle=who.upper()))
    if not found:
        raise CommandError("Nobody has this address or handle.")
    if len(found) > 1:
        handles = ", ".join(sorted(person.handle for person in found))
        raise CommandError(f"Several people share this address. Name one by handle: {handles}")
    return found[0]
