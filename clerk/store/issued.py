"""Papers as they were handed out: their bytes once, and each hand-out with its number, edition and fingerprint.

The bytes are the reprint: old editions of papers need not be kept to print one again. Triggers refuse to change or
remove either table's rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from clerk.records import IssuedPaper
from clerk.store.tables import issued_document, issued_paper

_SAME = ("number", "application", "paper", "name", "edition", "row", "person", "whom", "packs", "label", "content")
_DIGITS = 12
"""A longer run of digits is no number of a hand-out."""
_SAME_TOO = ("digest", "pages", "copies", "printer", "actor")


def keep(connection: Connection, paper: IssuedPaper, pdf: bytes) -> None:
    """Keep a paper and its bytes; bytes that are kept already are not kept twice."""
    document = upsert(issued_document).values(digest=paper.digest, pdf=pdf)
    connection.execute(document.on_conflict_do_nothing(index_elements=["digest"]))
    row = {name: getattr(paper, name) for name in (*_SAME, *_SAME_TOO)}
    row |= {"series": paper.series or None, "serial": paper.serial if paper.series else None}
    row |= {"case_file": paper.case_number, "issued": paper.at.isoformat(timespec="milliseconds")}
    connection.execute(insert(issued_paper), row)


def of_case(connection: Connection, case_number: str) -> list[IssuedPaper]:
    """Papers handed out for a case, oldest first."""
    wanted = select(issued_paper).where(issued_paper.c.case_file == case_number).order_by(issued_paper.c.number)
    return [_paper(row) for row in connection.execute(wanted)]


def search(connection: Connection, text: str, cases: Sequence[str], limit: int) -> list[IssuedPaper]:
    """Papers whose number, name, reader, case or day has this text in it, or that belong to one of these cases; newest first."""
    wanted = select(issued_paper).order_by(issued_paper.c.number.desc()).limit(limit)
    if text:
        columns = (issued_paper.c.label, issued_paper.c.name, issued_paper.c.paper, issued_paper.c.whom, issued_paper.c.case_file)
        found = [column.contains(text, autoescape=True) for column in columns]
        found += [issued_paper.c.case_file.in_(cases), issued_paper.c.issued.startswith(text, autoescape=True)]
        found += [issued_paper.c.number == int(text)] if text.isdecimal() and len(text) < _DIGITS else []
        wanted = wanted.where(or_(*found))
    return [_paper(row) for row in connection.execute(wanted)]


def with_bytes(connection: Connection, number: int) -> tuple[IssuedPaper, bytes] | None:
    """One paper with its bytes as they are kept; None when there is no such number."""
    joined = select(issued_paper, issued_document.c.pdf).join_from(issued_paper, issued_document)
    row = connection.execute(joined.where(issued_paper.c.number == number)).one_or_none()
    return None if row is None else (_paper(row), bytes(row.pdf))


def _paper(row: Row[Any]) -> IssuedPaper:
    plain: dict[str, Any] = {name: getattr(row, name) for name in (*_SAME, *_SAME_TOO)}
    plain |= {"series": row.series or "", "serial": row.serial or 0, "at": datetime.fromisoformat(row.issued)}
    return IssuedPaper(case_number=row.case_file, **plain)
