"""Teams meetings as Graph knows them: whose they are, and where what is left of them lies."""

import re
from urllib.parse import unquote

from integrations.ports import Temporary
from integrations.providers.microsoft.wire import Graph, name

OBJECT_ID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
IN_ADDRESS = re.compile(r'"Oid"\s*:\s*"([^"]+)"')


class Meetings:
    """Finds meetings by their join address. `owner` is an object id or an address."""

    def __init__(self, graph: Graph, owner: str) -> None:
        """Take the wire and who organizes the meetings."""
        self.graph = graph
        self.owner = owner

    def organizer(self, join_url: str = "") -> str:
        """The object id, which alone is taken here: given, read from the address, or looked up."""
        if OBJECT_ID.fullmatch(self.owner):
            return self.owner
        match = IN_ADDRESS.search(unquote(join_url))
        if match and OBJECT_ID.fullmatch(match[1]):
            return match[1]
        asked = {"$select": "id"}
        found = self.graph.call("GET", f"/users/{name(self.owner)}", params=asked).body.get("id")
        if not OBJECT_ID.fullmatch(str(found)):
            raise Temporary("garbled", "no object id")
        return str(found)

    def folder(self, join_url: str) -> str:
        """The path of a meeting; empty where there is none."""
        home = f"/users/{self.organizer(join_url)}/onlineMeetings"
        quoted = join_url.replace("'", "''")
        asked = {"$filter": f"JoinWebUrl eq '{quoted}'"}
        rows = list(self.graph.rows(home, params=asked))
        return f"{home}/{name(str(rows[0]['id']))}" if rows and rows[0].get("id") else ""
