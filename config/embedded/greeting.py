"""What a fresh start tells the person at the terminal."""

from config import env

DEMO_PEOPLE: tuple[tuple[str, str], ...] = (
    ("teacher", "teacher@example.org"),
    ("school coordinator", "school@example.org"),
    ("cluster coordinator", "cluster@example.org"),
    ("national coordinator", "national@example.org"),
    ("ministry officer", "ministry@example.org"),
    ("helpdesk", "helpdesk@example.org"),
    ("administrator", "admin@example.org"),
)
"""Role and address of people of the demo network one can sign in as."""


def lines(address: str) -> list[str]:
    """The address, and who one can sign in as."""
    said = [f"Kolega is running at {address}/"]
    if not env.text("EMAIL_HOST"):
        said.append(f"Mails arrive at {address}/mailbox/")
    if env.flag("KOLEGA_DEMO", default=True) and DEMO_PEOPLE:
        said.append("Demo data may take a minute more; pages say so while it is being loaded.")
        said.append("Sign in as one of these; the link to sign in arrives in the mailbox:")
        width = max(len(role) for role, _ in DEMO_PEOPLE)
        said.extend(f"  {role:<{width}}  {person}" for role, person in DEMO_PEOPLE)
    return [*said, "Ctrl-C stops everything."]
