"""Lists of people: a table, or addresses as somebody pasted them, read into rows that can be planned."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from academy.exchange.csv_words import sentence
from academy.lib.problems import Problem
from academy.people.api import Candidate
from academy.standards.address_list import read_addresses
from academy.standards.csv_table import Column, Row, Table, read_table, write_table

IMPORT_COLUMNS = (
    Column(name="email", required=True),
    Column(name="name"),
    Column(name="organisation_code", required=True),
    Column(name="language"),
    Column(name="time_zone"),
    Column(name="invite"),
)
INVITE_COLUMNS = (Column(name="email", required=True), Column(name="name"), Column(name="language"))
MOST_ROWS = 5_000


@dataclass(frozen=True, kw_only=True, slots=True)
class PeopleList:
    """Rows of a list with what goes for all who are invited; or the problems because of which it has none."""

    rows: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    message: str = ""
    expires_at: datetime | None = None

    def as_bytes(self) -> bytes:
        """Return it as it is kept until it is confirmed."""
        told = {
            "rows": [asdict(row) for row in self.rows],
            "message": self.message,
            "expires_at": self.expires_at.isoformat() if self.expires_at else None,
        }
        return json.dumps(told).encode()

    @staticmethod
    def from_bytes(kept: bytes) -> PeopleList:
        """Return what was kept."""
        told = json.loads(kept)
        return PeopleList(
            rows=tuple(Candidate(**{**row, "faults": tuple(row["faults"])}) for row in told["rows"]),
            message=told["message"],
            expires_at=datetime.fromisoformat(told["expires_at"]) if told["expires_at"] else None,
        )


def read_people(data: bytes, *, file: str = "") -> PeopleList:
    """Read a table of people to import."""
    return _from_table(read_table(data, columns=IMPORT_COLUMNS, most_rows=MOST_ROWS), file=file)


def read_invitees(data: bytes, *, organisation: str, language: str) -> PeopleList:
    """Read a table of people to invite into one organisation; a row may name its own language."""
    table = read_table(data, columns=INVITE_COLUMNS, most_rows=MOST_ROWS)
    return _from_table(table, file="", organisation=organisation, language=language, invite="yes")


def read_pasted(text: str, *, organisation: str, language: str) -> PeopleList:
    """Read addresses to invite into one organisation."""
    rows = [
        Candidate(
            position=entry.number,
            email=entry.email,
            name=entry.name,
            organisation=organisation,
            language=language,
            invite="yes",
        )
        for entry in read_addresses(text)
    ]
    return PeopleList(rows=tuple(rows))


def template_file() -> bytes:
    """Return a table to start from, with the headings and nothing below them."""
    return write_table([column.name for column in IMPORT_COLUMNS], [])


def _from_table(table: Table, *, file: str, **given: str) -> PeopleList:
    if table.findings:
        problems = [Problem(file=file, line=one.line, message=sentence(one)) for one in table.findings]
        return PeopleList(problems=tuple(problems))
    return PeopleList(rows=tuple(_candidate(row, given) for row in table.rows))


def _candidate(row: Row, given: dict[str, str]) -> Candidate:
    """Return a row; its position is its line in the file, as a spreadsheet counts."""
    if row.finding:
        return Candidate(position=row.line, faults=(sentence(row.finding),))
    cells = row.cells
    return Candidate(
        position=row.line,
        email=cells["email"],
        name=" ".join(cells.get("name", "").split()),
        organisation=cells.get("organisation_code") or given.get("organisation", ""),
        language=cells.get("language") or given.get("language", ""),
        time_zone=cells.get("time_zone", ""),
        invite=cells.get("invite") or given.get("invite", ""),
    )
