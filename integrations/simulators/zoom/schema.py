"""What Zoom's published types (npm @zoom/rivet 0.4.0) let requests ask and answers hold."""

from typing import Any

INSTANCES = {"meetings": [{"start_time": str, "uuid": str}]}
PARTICIPANTS = {
    "next_page_token": str, "page_count": int, "page_size": int, "total_records": int,
    "participants": [{
        "customer_key": str, "duration": int, "failover": bool, "id": str, "join_time": str,
        "leave_time": str, "name": str, "registrant_id": str, "status": str, "user_email": str,
        "user_id": str, "bo_mtg_id": str, "participant_user_id": str,
    }],
}  # fmt: skip
RECORDINGS = {
    "account_id": str, "duration": int, "host_id": str, "id": int, "recording_count": int,
    "start_time": str, "topic": str, "total_size": int, "type": str, "uuid": str,
    "recording_files": [{
        "deleted_time": str, "download_url": str, "file_path": str, "file_size": int,
        "file_type": str, "file_extension": str, "id": str, "meeting_id": str, "play_url": str,
        "recording_end": str, "recording_start": str, "recording_type": str, "status": str,
    }],
}  # fmt: skip


class Unlike(Exception):
    """An answer that Zoom would not give."""


def check(value: Any, like: Any, where: str = "answer") -> None:
    """Raise Unlike for a key or a kind of value that the types do not know."""
    if isinstance(like, dict):
        for name, inner in value.items():
            if name not in like:
                raise Unlike(f"{where}.{name}")
            check(inner, like[name], f"{where}.{name}")
    elif isinstance(like, list):
        for inner in value:
            check(inner, like[0], f"{where}[]")
    elif type(value) is not like:
        raise Unlike(f"{where} is no {like.__name__}")
