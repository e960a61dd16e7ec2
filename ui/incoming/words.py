"""Sheets that come in, in the clerk's words: how a column was found, what stands in it, how much of what. Qt-free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clerk.exchange.matching import CORRECTED, KNOWN, LIKE, NAMED, SAMPLED, Matched, MatchedColumn
from clerk.exchange.trial import Trial
from clerk.exchange.values import cell_text, column_letters
from clerk.records import Batch
from forms.catalogue import Catalogue
from forms.incoming import PEOPLE, REGISTER, RESULTS, Incoming, IncomingColumn

USES = {PEOPLE: "建档、更新", REGISTER: "登记在人的名下", RESULTS: "答复办件"}
FOUND = {
    NAMED: ("标题对上", "yes"),
    KNOWN: ("照上次的对照", "yes"),
    CORRECTED: ("已更正", "yes"),
    LIKE: ("标题相近，请核对", "wait"),
    SAMPLED: ("按内容猜的，请核对", "wait"),
}
"""How a column was found: words and tone."""
LOST, ABSENT, UNSAID = ("没有找到，必须有", "bad"), ("这张表里没有", "quiet"), ("没有找到", "quiet")
_MEASURED = ("户", "人")
_SAMPLES, _LOOKED_AT = 3, 200
_LONGEST, _ROOM = 20, 16
"""Letters of one value, and letters after which no further value is shown."""


def use_of(incoming: Incoming) -> str:
    """What a kind of sheet does, in words."""
    return f"{USES[incoming.use]}（只补空白）" if incoming.fill_only else USES[incoming.use]


def state_of(matched: Matched, column: IncomingColumn) -> tuple[str, str]:
    """How one of our columns was found, or not: words and tone."""
    found = found_for(matched, column.id)
    if found is not None:
        return FOUND[found.by]
    if column.required:
        return LOST
    return ABSENT if column.id in matched.absent else UNSAID


def found_for(matched: Matched, column: str) -> MatchedColumn | None:
    """Where one of our columns stands in the sheet."""
    return next((one for one in matched.columns if one.id == column), None)


def samples(matched: Matched, place: int) -> str:
    """The first few different values of a column of the sheet, long ones cut with a sign that they are."""
    texts: dict[str, None] = {}
    room = _ROOM
    for row in matched.sheet.rows[matched.first : matched.first + _LOOKED_AT]:
        text = " ".join(cell_text(row[place]).split()) if place < len(row) else ""
        text = in_short(text)
        if text and text not in texts:
            texts[text] = None
            room -= len(text)
        if len(texts) == _SAMPLES or room <= 0:
            break
    return "、".join(texts)


def in_short(text: str) -> str:
    """One value, a long one cut with a sign that it is."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def heading(title: str, place: int) -> str:
    """A column of the sheet by its letters and heading: C 身份证号."""
    return f"{column_letters(place)}　{title or '（没有标题）'}"


def matching_in_words(matched: Matched) -> str:
    """How much of the sheet was matched, and what of it is not used."""
    said = [f"{len(matched.wanted)} 列里对上 {len(matched.columns)} 列"]
    if matched.doubtful:
        said.append(f"{len(matched.doubtful)} 列要核对")
    if matched.missing:
        said.append(f"{len(matched.missing)} 列必须有而没有找到")
    unused = [title for _, title in matched.unused]
    more = f"没有用到的标题：{'、'.join(unused[:6])}{' 等' if len(unused) > 6 else ''}" if unused else ""
    return "，".join(said) + "。" + (f"{more}。" if more else "")


def counts_in_words(counts: Mapping[str, int], use: str) -> str:
    """新增 3 户　更改 2 人　登记 5 行 …"""
    unit = "件" if use == RESULTS else "行"
    said = [
        f"{name[:-1]} {counts[name]} {name[-1]}" if name.endswith(_MEASURED) else f"{name} {counts[name]} {unit}"
        for name in sorted(counts, key=_rank)
    ]
    return "　".join(said) or "没有变化"


def row_in_words(matched: Matched, row: int) -> str:
    """One row of their sheet, as the clerk counts rows, with its headings."""
    cells = matched.sheet.rows[row - 1] if 0 < row <= len(matched.sheet.rows) else ()
    titles = matched.head.titles
    said = [
        f"{titles[place] if place < len(titles) else column_letters(place)}：{in_short(text)}"
        for place, cell in enumerate(cells)
        if (text := cell_text(cell).strip())
    ]
    return f"原表第 {row} 行　{'　'.join(said) or '空行'}"


def to_send_back(trial: Trial, matched: Matched) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Headings and rows of what has to be mended: row, column, reason, then the row of their sheet."""
    places = [place for place, title in enumerate(matched.head.titles) if title]
    headings = ("原表行", "列", "原因", *(matched.head.titles[place] for place in places))
    found = [(one.row, one.column, one.message) for one in trial.problems]
    found += [(one.row, "", f"要定：{one.words}") for one in trial.questions]
    rows = tuple(
        (str(row), column, why, *(_cell(matched.sheet.rows, row, place) for place in places))
        for row, column, why in sorted(found)
    )
    return headings, rows


def batch_in_words(batch: Batch, catalogue: Catalogue) -> str:
    """One import in a sentence: kind, file, when, how much of what."""
    return (
        f"{kind_of(batch, catalogue)}　{batch.file}　{batch.at:%Y-%m-%d %H:%M} 导入　{batch_counts(batch, catalogue)}"
    )


def kind_of(batch: Batch, catalogue: Catalogue) -> str:
    """What a batch's kind of sheet is called; its id where the data no longer has it."""
    incoming = catalogue.incoming.get(batch.incoming)
    return incoming.name if incoming else batch.incoming


def batch_counts(batch: Batch, catalogue: Catalogue) -> str:
    """How much of what a batch did."""
    incoming = catalogue.incoming.get(batch.incoming)
    return counts_in_words(batch.counts, incoming.use if incoming else "")


def _rank(name: str) -> int:
    """Households before people before the rest."""
    return next((at for at, unit in enumerate(_MEASURED) if name.endswith(unit)), len(_MEASURED))


def _cell(rows: Sequence[Sequence[object]], row: int, place: int) -> str:
    cells = rows[row - 1] if 0 < row <= len(rows) else ()
    return cell_text(cells[place]) if place < len(cells) else ""
