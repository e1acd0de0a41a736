"""Where notices arrive in tests: echoes the token of the handshake and keeps what it is told."""

from integrations.simulators.messages import Answer
from integrations.simulators.serving import Simulator


class Listener(Simulator):
    """A notice address. `mute` leaves the token away."""

    def __init__(self):
        super().__init__()
        self.notes = []
        self.mute = False

    def answer(self, request):
        token = request.query.get("validationToken")
        if token is not None:
            said = b"" if self.mute else token.encode()
            return Answer(200, said, {"Content-Type": "text/plain"})
        self.notes += request.json()["value"]
        return Answer(202)

    def refusal(self, fault):
        return Answer(500)
