"""The self-test of an account at Zoom."""

from collections.abc import Mapping, Sequence

from integrations.ports import Finding, Trouble
from integrations.providers.zoom.client import Client

# What is asked, and scopes of either kind (granular, or of older apps) that let us.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "attendance": ("report:read:list_meeting_participants", "report:read:admin"),
    "recordings": ("cloud_recording:read:list_recording_files", "recording:read:admin"),
}


class Check:
    """Whether there is a secret to sign with and, with an app for the API, whether Zoom lets us in."""

    def __init__(self, secret: str, client: Client | None) -> None:
        """Take the secret token, and the client where there is one."""
        self.secret, self.client = secret, client

    def check(self) -> Sequence[Finding]:
        """Say whether the secret is there, and what the token may."""
        went = bool(self.secret)
        signed = Finding("sign", went=went, code="" if went else "secret_wrong")
        return [signed, *(self._asked(self.client) if self.client is not None else ())]

    @staticmethod
    def _asked(client: Client) -> Sequence[Finding]:
        try:
            scopes = client.sign_in()
        except Trouble as trouble:
            return [Finding("token", went=False, code=trouble.code, said=trouble.said)]
        found = [Finding("token", went=True)]
        for what, names in NEEDED.items():
            went = any(scope.startswith(names) for scope in scopes)
            found.append(Finding(what, went=went, code="" if went else "scope_missing"))
        return found
