"""What people do in a browser, step by step, for journeys of any length.

Each function gets a Playwright page that is where the step before left it.
"""

import re
from dataclasses import dataclass

SCHOOLS = ("Vrbik", "Lipa", "Jasen", "Breza", "Bukva")
LIST = "Naziv škole;Šifra;Mjesto\n" + "".join(
    f"OŠ {name};05-{number:03};Čakovec\n" for number, name in enumerate(SCHOOLS, start=1)
)


@dataclass(frozen=True)
class Named:
    """Somebody with an address and perhaps a password."""

    name: str
    email: str
    password: str = ""


ADMINISTRATOR = Named("Ada Admin", "ada@example.org", "four small green boats")
COORDINATOR = Named("Maja Horvat", "maja@example.org")
CLUSTER = "Međimurje"


def press(page, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def become_administrator(page, base: str, who: Named = ADMINISTRATOR) -> None:
    """Open an empty installation, which leads to the first step."""
    page.goto(base + "/")
    page.get_by_label("Your name").fill(who.name)
    page.get_by_label("Your e-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    press(page, "Become administrator")


def set_up_service(page, sender: str = "kolega@example.org") -> None:
    for name in ("English", "Hrvatski", "Shqip"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Sender address").fill(sender)
    page.get_by_label("Time zone of the service").select_option("Europe/Zagreb")
    press(page, "Save and go on")


def add_country(page) -> None:
    page.get_by_label("Country").select_option("HR")
    page.get_by_label("Its name in its own language").fill("Hrvatska")
    page.get_by_label("Ministry").fill("Ministry of Education")
    page.get_by_label("Language of its schools").select_option("hr")
    press(page, "Save the country")
    go_on(page)


def go_on(page) -> None:
    """Follow the link to the next step."""
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("^Go on")).click()


def look_at_schools(page, text: str = LIST) -> None:
    """Choose a file and see what is understood."""
    file = {"name": "schools.csv", "mimeType": "text/csv", "buffer": text.encode("cp1250")}
    page.get_by_label("File").set_input_files(file)
    press(page, "Look at the list")


def import_schools(page, text: str = LIST) -> None:
    look_at_schools(page, text)
    press(page, "Import the list")
    go_on(page)


def add_cluster(page, name: str = CLUSTER, schools: tuple[str, ...] = SCHOOLS) -> None:
    """The first school is the mentor school."""
    page.get_by_label("Name of the cluster").fill(name)
    page.get_by_label("Mentor school").select_option(label=f"OŠ {schools[0]}, Čakovec")
    for school in schools[1:]:
        page.get_by_role("checkbox", name=f"OŠ {school}, Čakovec").check()
    press(page, "Add the cluster")
    go_on(page)


def invite_coordinator(page, who: Named = COORDINATOR) -> None:
    page.get_by_label("Name").fill(who.name)
    page.get_by_label("E-mail address").fill(who.email)
    press(page, "Invite")


def set_up_everything(page, base: str) -> None:
    """From the empty database to a network whose coordinator is invited."""
    become_administrator(page, base)
    set_up_service(page)
    add_country(page)
    import_schools(page)
    add_cluster(page)
    invite_coordinator(page)
    go_on(page)
    press(page, "Open the service")
