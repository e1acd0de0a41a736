"""The calls about recordings and hooks."""

from integrations.simulators.bigbluebutton import answers
from integrations.simulators.bigbluebutton.answers import Refused
from integrations.simulators.bigbluebutton.things import Hook, Recording
from integrations.simulators.messages import Answer

MOST = 100


class Archive:
    """The recordings of the server, the oldest first."""

    def __init__(self) -> None:
        """Start with none."""
        self.recordings: list[Recording] = []
        # Published files by their path.
        self.files: dict[str, bytes] = {}

    def find(self, values: dict[str, str]) -> Answer:
        """Recordings by meeting, by id, by state and by `meta_`, a page of them."""
        found = [item for item in self.recordings if _fits(item, values)]
        offset, limit = int(values.get("offset") or 0), int(values.get("limit") or 0)
        if not 0 <= limit <= MOST or offset < 0:
            raise Refused("validationError", "limit")
        shown = found[offset : offset + limit] if limit else found
        answer: dict[str, object] = {
            "recordings": [("recording", answers.kept(item)) for item in shown]
        }
        if not found:
            answer |= {"messageKey": "noRecordings", "message": "There are no recordings."}
        if limit:
            answer["pagination"] = {
                "pageable": {"offset": offset, "pageSize": limit}, "totalElements": len(found),
            }  # fmt: skip
        return answers.went(answer)


def _fits(item: Recording, values: dict[str, str]) -> bool:
    keys, ids = _items(values, "meetingID"), _items(values, "recordID")
    states = _items(values, "state") or {"published", "unpublished"}
    wanted = {name.removeprefix("meta_").lower(): value for name, value in values.items()
              if name.startswith("meta_")}  # fmt: skip
    return (
        (not keys or item.meeting.key in keys)
        and (not ids or any(item.meeting.internal.startswith(known) for known in ids))
        and ("any" in states or item.state in states)
        and all(item.meeting.metadata.get(name) == value for name, value in wanted.items())
    )


def _items(values: dict[str, str], name: str) -> set[str]:
    return {item for item in values.get(name, "").split(",") if item}


class Hooks:
    """Who wants to hear of events (bbb-webhooks)."""

    def __init__(self) -> None:
        """Start with nobody."""
        self.hooks: list[Hook] = []
        self.count = 0

    def create(self, values: dict[str, str]) -> Answer:
        """Add a hook; one address has one hook."""
        address = values.get("callbackURL", "")
        if not address:
            raise Refused("missingParamCallbackURL")
        known = next((item for item in self.hooks if item.address == address), None)
        if known is not None:
            said = "There is already a hook for this callback URL."
            return answers.went(
                {"hookID": known.number, "messageKey": "duplicateWarning", "message": said}
            )
        self.count += 1
        made = Hook(
            self.count, address, values.get("meetingID", ""), frozenset(_items(values, "eventID")),
            raw=values.get("getRaw", "").lower() == "true",
        )  # fmt: skip
        self.hooks.append(made)
        return answers.went({"hookID": made.number, "permanentHook": False, "rawData": made.raw})

    def list(self, values: dict[str, str]) -> Answer:
        """All hooks, or those that hear of one meeting."""
        key = values.get("meetingID")
        found = [item for item in self.hooks if key is None or item.key in {"", key}]
        return answers.went({"hooks": [("hook", _told(item)) for item in found]})

    def destroy(self, values: dict[str, str]) -> Answer:
        """Take a hook away."""
        number = values.get("hookID")
        if not number:
            raise Refused("missingParamHookID")
        found = next((item for item in self.hooks if str(item.number) == number), None)
        if found is None:
            raise Refused("destroyMissingHook")
        self.hooks.remove(found)
        return answers.went({"removed": True})


def _told(hook: Hook) -> dict[str, object]:
    return {
        "hookID": hook.number, "callbackURL": hook.address,
        **({"meetingID": hook.key} if hook.key else {}),
        **({"eventID": ",".join(sorted(hook.kinds))} if hook.kinds else {}),
        "permanentHook": False, "rawData": hook.raw,
    }  # fmt: skip
