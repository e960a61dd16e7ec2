"""Numbers of official papers (文号): which papers carry one, from which series, and how it is written.

```yaml
编号: {系列: 确认通知, 式: "{代字}救〔{年}〕{号}号"}     # a paper's own key; papers of one series share its numbers
```
`{号}` is the number, counted from 1 per office, series and year without gaps; `{年}` the year it was given in; `{代字}`
the office's own mark (机关代字). The paper writes the whole as `{文书编号}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from forms.places import Place, did_you_mean
from forms.reading import Entry

FIELD = "文书编号"
"""The system field a paper writes its number with."""
_BLANK = "　　"
_YEAR, _SERIAL, _MARK = "年", "号", "代字"
_PART = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Series:
    """One sequence of numbers; `form` is how a number is written."""

    name: str
    form: str
    place: Place

    def label(self, year: int, serial: int | None, mark: str) -> str:
        """The number as printed; a blank to be seen where it is not given yet."""
        words = {_YEAR: str(year), _SERIAL: _BLANK if serial is None else str(serial), _MARK: mark}
        return _PART.sub(lambda part: words[part[1]], self.form)


def read_series(entry: Entry | None) -> Series | None:
    """The series of a paper's document. Raises DataError for a form that has no number or unknown words in braces."""
    if entry is None:
        return None
    name, form = entry.need("系列"), entry.need("式")
    entry.close()
    words = _PART.findall(form.text)
    known = (_YEAR, _SERIAL, _MARK)
    for word in words:
        if word not in known:
            raise form.fail(f"「式」里没有「{word}」", did_you_mean(word, known) or "可用：{年}、{号}、{代字}")
    for word in (_YEAR, _SERIAL):
        if words.count(word) != 1:
            raise form.fail(f"「式」应写一次 {{{word}}}", "例如 〔{年}〕{号}号：号按年从 1 起编")
    return Series(name.text, form.text, name.place)
