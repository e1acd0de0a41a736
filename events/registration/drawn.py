"""A place became free for somebody whom no mail reaches: whoever registers the colleagues is told."""

from datetime import datetime

from django.utils.translation import gettext as _

from events.backstage import addresses, post
from events.backstage.post import Draft
from events.notices.sheets import Action, Sheet
from events.people import queries as people
from events.programme import states
from events.registration import occasions, queries, readers
from events.registration.models import Registration
from events.registration.occasions import Occasion
from events.registration.readers import Reader


def tell_keepers(registration_id: int, *, at: datetime) -> None:
    """Write to the keepers of the school, if the person waited and no mail reaches them."""
    row = queries.registration_for_work(registration_id)
    event = row.event
    # Whoever is drawn in was registered earlier; a place taken at once needs no news.
    waited = row.state == Registration.State.REGISTERED and row.changed_at > row.registered_at
    over = event.state != states.PUBLISHED or at >= event.ends_at
    if not waited or over or people.address(row.person).reachable:
        return
    this = occasions.occasion(event.pk)
    for to in readers.keepers_of(this.event, row.school_id or 0, at=at):
        reader = Reader(to, shared=bool(readers.shared_addresses([to.email])))
        with occasions.speaking_to(reader):
            post.queue(_news(this, reader, row), at=at)


def _news(this: Occasion, reader: Reader, row: Registration) -> Draft:
    values = {"name": row.person.name, "title": this.event.title}
    cards = addresses.first("ticket_cards", args=(this.event.pk,))
    sheet = Sheet(
        subject=_("A place is free for %(name)s: %(title)s") % values,
        title=this.title,
        opening=occasions.for_whom(reader),
        said=(_("No mail reaches %(name)s. Say that a place became free and is theirs.") % values,),
        details=occasions.details(this, way=row.way),
        buttons=(Action(_("Print ticket cards"), addresses.absolute(cards)),),
        foot=occasions.foot(this)[1:],
    )
    purpose = f"drawn-in:{row.pk}:{row.sequence}:{reader.address.person_id}"
    return occasions.drafted(this, reader, sheet, purpose=purpose, kind="unreached")
