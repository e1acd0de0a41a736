"""The organisations of a School Data Sync folder, and which of them are schools."""

from events.kernel.words import Reason
from events.networks.rosters.grid import Table
from events.networks.rosters.problems import LeftOut
from events.networks.rosters.schools import SchoolRow, SchoolsPreview
from events.networks.rosters.sds_tables import value_of
from events.networks.rosters.vocabulary import key_of

_SCHOOLS = {"school": "", "college": "tertiary", "university": "tertiary", "adulteducation": ""}
_PARTS = {"department", "program", "class", "grade", "division"}
_DEEPEST = 12


class Orgs:
    """The tree of organisations."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._rows = {value_of(table, row, "sourced id"): row for row in table.rows}

    def _get(self, org: str, name: str) -> str:
        row = self._rows.get(org)
        return value_of(self._table, row, name) if row else ""

    def kind(self, org: str) -> str:
        return key_of(self._get(org, "type")).replace(" ", "")

    def name(self, org: str) -> str:
        return self._get(org, "name")

    def school_of(self, org: str) -> str:
        """The school an organisation is or belongs to, "" above schools."""
        for _ in range(_DEEPEST):
            if self.kind(org) in _SCHOOLS:
                return org
            if self.kind(org) not in _PARTS:
                return ""
            org = self._get(org, "parent sourced id")
        return ""

    def schools(self, country: str) -> SchoolsPreview:
        rows, left_out = [], []
        for org, row in self._rows.items():
            if self.kind(org) in _SCHOOLS:
                level = _SCHOOLS[self.kind(org)]
                rows.append(
                    SchoolRow(row.number, self.name(org), org, country=country, level=level)
                )
                continue
            school = self.name(self.school_of(org))
            reason = (
                Reason("org_department", {"school": school}) if school else Reason("org_authority")
            )
            left_out.append(LeftOut(row.number, reason))
        return SchoolsPreview(tuple(rows), (), tuple(left_out), self._table.warnings)
