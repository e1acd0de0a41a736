"""Accounts, channels and rooms, and how providers knock."""

import hashlib
import json
from datetime import timedelta

from events.backstage.models import FactRow
from integrations.accounts import commands as accounts
from integrations.sync.models import Channel
from integrations.sync.rooms import room_of
from integrations.webhooks.models import Receipt
from tests.factories.world import ADMIN, AT

SECRET, PATH = "s" * 43, "p" * 43


def account(world, provider, **secrets):
    wish = accounts.Wish(
        provider=provider, scope="person", scope_id=world.coordinator.pk, name=provider,
        options={"address": "https://bbb.example.test"} if provider == "bigbluebutton" else {},
    )  # fmt: skip
    by = world.actor(world.coordinator)
    return accounts.connect(wish=wish, secrets=secrets or {"secret": "b" * 40}, by=by, at=AT)


def channel(world, provider, **changes):
    return Channel.objects.create(
        account=account(world, provider), channel_id="11111111-2222-4333-8444-555555555555",
        secret_hash=hashlib.sha256(SECRET.encode()).hexdigest(), asked_at=AT,
        **{
            "path_hash": hashlib.sha256(PATH.encode()).hexdigest(),
            "expires_at": AT + timedelta(days=60), "renew_at": AT + timedelta(days=30), **changes,
        },
    )  # fmt: skip


def room(event):
    part = event.parts.get()
    return room_of(part.pk, event_id=event.pk, at=AT)


def facts(kind):
    return [row.body for row in FactRow.objects.filter(kind=kind).order_by("pk")]


def receipts():
    return list(Receipt.objects.order_by("pk").values_list("kind", "about"))


def google(client, number=1, *, state="exists", path=PATH, **headers):
    told = {
        "X-Goog-Channel-ID": "11111111-2222-4333-8444-555555555555", "X-Goog-Channel-Token": SECRET,
        "X-Goog-Message-Number": str(number), "X-Goog-Resource-State": state,
        "X-Goog-Resource-ID": "res", **headers,
    }  # fmt: skip
    return client.post(f"/hooks/calendar/{path}/", headers=told)


def change(**more):
    return {
        "subscriptionId": "sub", "clientState": SECRET, "changeType": "updated",
        "resource": "Users/1/Events/2", "resourceData": {"id": "2", "@odata.etag": 'W/"1"'}, **more,
    }  # fmt: skip


def graph(client, *changes, path=PATH):
    body = json.dumps({"value": list(changes)})
    return client.post(f"/hooks/calendar/{path}/", body, content_type="application/json")


__all__ = ["ADMIN", "PATH", "SECRET"]
