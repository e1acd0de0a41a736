"""The form, the preview and the deed, for whichever page takes a list over."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from events.backstage import edge
from events.kernel.errors import BadInput, DomainError
from events.kernel.words import gettext_noop
from events.networks.imports import commands, drafts, forms, lines, looking
from events.networks.models import Country, RosterImport, School
from events.networks.rosters.mapping import Kind
from events.networks.rosters.sentences import TableRefused

REFUSED = 422


class NotSeen(BadInput):
    """What would be imported is not what the preview showed."""

    code = "roster_not_seen"
    sentence = gettext_noop("You changed what the columns hold. Look at the result and confirm.")


Done = Callable[[RosterImport], str]


@dataclass
class Flow:
    """One request about a list of `kind`; `schools` None asks for no school."""

    request: HttpRequest
    kind: Kind
    countries: list[Country]
    schools: list[School] | None
    done: Done
    status: int = 200
    look: looking.Look | None = None
    packed: str = ""
    form: forms.ListForm = field(init=False)

    def __post_init__(self) -> None:
        """Bind the form when something was sent."""
        data = self.request.POST if self.request.method == "POST" else None
        countries = [(one.code, one.names.get("en", one.code)) for one in self.countries]
        schools = None
        if self.schools is not None:
            schools = [(str(one.pk), one.name) for one in self.schools]
        self.form = forms.ListForm(
            data, self.request.FILES or None, countries=countries, schools=schools
        )

    def answer(self) -> HttpResponse | None:
        """A redirect or download, or None when the page shows `context()` with `status`."""
        if self.request.method != "POST":
            return None
        if not self.form.is_valid():
            self.status = REFUSED
            return None
        try:
            return self._act()
        except DomainError as error:
            edge.refuse_in(self.form, error)
            self.status = error.status if error.status < 500 else REFUSED  # noqa: PLR2004  HTTP
            return None

    def context(self) -> dict[str, object]:
        """What the templates of list and preview show."""
        look = self.look
        shown = {} if look is None else {
            "look": look,
            "draft": self.packed,
            "fields": forms.fields_of(self.kind),
            "new_shown": look.new[: looking.SHOWN],
            "remarks_shown": look.remarks[: looking.SHOWN],
        }  # fmt: skip
        return {"form": self.form, "kind": self.kind, **shown}

    def _act(self) -> HttpResponse | None:
        do = self.request.POST.get("do", "preview")
        draft = self._draft(fresh=do == "preview")
        by, at = edge.actor(self.request), edge.moment(self.request)
        self.packed = drafts.pack(draft, person_id=by.person_id)
        choices = self._choices()
        try:
            self.look = looking.look(draft, choices, by=by, at=at)
        except TableRefused:
            self.look = looking.look(draft, replace(choices, columns={}), by=by, at=at)
            raise
        if do == "problems":
            return self._download()
        if do != "confirm":
            return None
        return edge.once(self.request, lambda: self._carry_out(choices))

    def _draft(self, *, fresh: bool) -> drafts.Draft:
        if not fresh:
            by = edge.actor(self.request)
            return drafts.unpack(self.request.POST.get("draft", ""), person_id=by.person_id)
        file, text = self.form.cleaned_data["file"], self.form.cleaned_data["text"]
        if file:
            return drafts.of_file(
                file.read(), kind=self.kind, name=file.name,
                country=self.form.cleaned_data["country"],
            )  # fmt: skip
        if text.strip():
            return drafts.of_text(text, kind=self.kind)
        raise forms.NoList(field="file")

    def _choices(self) -> looking.Choices:
        columns = {
            int(name.removeprefix("col_")): str(value)
            for name, value in self.request.POST.items()
            if name.startswith("col_") and name.removeprefix("col_").isdecimal()
        }
        school = self.form.cleaned_data.get("school") or ""
        return looking.Choices(
            country=self.form.cleaned_data["country"],
            columns=columns,
            staff=self.request.POST.get("staff") == "yes",
            school_id=int(school) if school else None,
        )

    def _carry_out(self, choices: looking.Choices) -> str:
        look = cast("looking.Look", self.look)
        if look.blocked or self.request.POST.get("seen") != look.seen:
            raise NotSeen
        answers = {
            int(name.removeprefix("doubt_")): str(value)
            for name, value in self.request.POST.items()
            if name.startswith("doubt_") and name.removeprefix("doubt_").isdecimal()
        }
        country = next(one for one in self.countries if one.code == choices.country)
        roster = commands.carry_out(
            lines.decided(look.found, answers), kind=self.kind, country_id=country.pk,
            school_id=choices.school_id, digest=look.draft.digest,
            by=edge.actor(self.request), at=edge.moment(self.request),
        )  # fmt: skip
        return self.done(roster)

    def _download(self) -> HttpResponse:
        look = cast("looking.Look", self.look)
        name = _("remarks.csv")
        return HttpResponse(
            looking.as_csv(look.remarks),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )
