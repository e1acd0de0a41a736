"""Links to meetings at the simulators of a demo: their shape is the product's, their host is not."""

from django.conf import settings


def leads_there(link: str) -> bool:
    """Whether a link leads to a simulator and not to the product it is called after."""
    url = settings.SIMULATORS_URL
    return bool(url) and link.startswith(f"{url}/")


def service(link: str) -> str:
    """The service whose simulator a link leads to; "" for every other link."""
    if not leads_there(link):
        return ""
    return "teams" if link.startswith(f"{settings.SIMULATORS_URL}/l/meetup-join/") else "meet"
