"""What changes in a mailbox: counted for delta, told to subscribers, mailed to attendees."""

from collections.abc import Mapping

from integrations.simulators.microsoft import times
from integrations.simulators.microsoft.rendering import etag
from integrations.simulators.microsoft.world import TENANT, Event, Mailbox, World


def made(world: World, box: Mailbox, event: Event) -> None:
    """An event is new."""
    box.events[event.event_id] = event
    _touch(box, event)
    _mail(world, "invitation", event)
    _tell(world, box, event, "created")


def changed(world: World, box: Mailbox, event: Event) -> None:
    """An event is not as it was."""
    event.version += 1
    _touch(box, event)
    _mail(world, "update", event)
    _tell(world, box, event, "updated")


def removed(world: World, box: Mailbox, event: Event) -> None:
    """An event is gone, and cannot be read any more."""
    del box.events[event.event_id]
    box.gone[event.event_id] = box.tick()
    if not world.switches.keeps_transactions:
        box.transactions.pop(event.transaction, None)
    _mail(world, "cancellation", event)
    _tell(world, box, event, "deleted")


def _touch(box: Mailbox, event: Event) -> None:
    event.changed = box.tick()


def _mail(world: World, what: str, event: Event) -> None:
    for attendee in event.values.get("attendees", []):
        world.sent.append((what, attendee["emailAddress"]["address"]))


def _tell(world: World, box: Mailbox, event: Event, what: str) -> None:
    for name, item in world.subscriptions.items():
        kinds = item["changeType"].split(",")
        watched = item["resource"].strip("/") in (
            f"users/{box.person}/events", f"users/{box.address}/events",
        )  # fmt: skip
        if watched and what in kinds and times.instant(item["expirationDateTime"]) > world.clock():
            path = f"Users/{box.person}/Events/{event.event_id}"
            data = {
                "@odata.type": "#Microsoft.Graph.Event", "@odata.id": path,
                "@odata.etag": etag(event), "id": event.event_id,
            }  # fmt: skip
            note = {"changeType": what, "resource": path, "resourceData": data}
            world.notices.append((name, notice(item, note)))


def notice(subscription: Mapping[str, object], more: Mapping[str, object]) -> dict[str, object]:
    """A notice of a subscription, with what all of them carry."""
    return {
        "subscriptionId": subscription["id"],
        "subscriptionExpirationDateTime": subscription["expirationDateTime"],
        "clientState": subscription.get("clientState"),
        "tenantId": TENANT,
        **more,
    }
