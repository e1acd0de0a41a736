"""Operations on the own calendar address."""

from django.http import HttpRequest

from events.backstage import addresses, edge
from events.interface.operations import Operations
from events.interface.shapes import Done, Shape
from events.mydays import commands

router = Operations(tags=["people"])


class FeedShape(Shape):
    """The secret address of the own calendar; it is told this once."""

    url: str


@router.make("/me/feed", FeedShape, scope="profile:write", secret=True)
def renew_feed(request: HttpRequest) -> FeedShape:
    """Make a new address for your calendar; the one before stops working."""
    token = commands.renew_feed(by=edge.actor(request), at=edge.moment(request))
    return FeedShape(url=addresses.absolute(addresses.first("personal_feed", args=(token,))))


@router.change("DELETE", "/me/feed", Done, scope="profile:write")
def revoke_feed(request: HttpRequest) -> Done:
    """End the address of your calendar; nothing happens if there is none."""
    commands.revoke_feed(by=edge.actor(request), at=edge.moment(request))
    return Done()
