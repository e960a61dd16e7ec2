"""Chinese names spelled for the keyboard: full pinyin, initials, and every reading a clerk might type.

pypinyin's first readings are wrong for surnames (仇 chou, 曾 ceng, 单 dan), so a surname takes its reading from our own
table first; all other readings stay as alternatives. `ü` is typed v, u or yu. pypinyin is imported at first use only.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

NAME, PINYIN, INITIALS = "n", "p", "i"
"""Kinds of search keys: a piece of the name itself, of its pinyin, of its initials."""

_MOST = 16
"""So many spellings of one name at most; beyond it one character varies at a time."""

_SURNAMES = {
    "尉迟": ("yu chi",),
    "长孙": ("zhang sun",),
    "万俟": ("mo qi",),
    "单于": ("chan yu",),
    "澹台": ("tan tai",),
    "鲜于": ("xian yu",),
    "仇": ("qiu",),
    "曾": ("zeng",),
    "单": ("shan",),
    "区": ("ou",),
    "查": ("zha",),
    "解": ("xie",),
    "覃": ("qin", "tan"),
    "任": ("ren",),
    "朴": ("piao",),
    "盖": ("ge", "gai"),
    "乐": ("yue", "le"),
    "尉": ("wei", "yu"),
    "缪": ("miao",),
    "翟": ("zhai", "di"),
    "召": ("shao", "zhao"),
    "折": ("she", "zhe"),
    "繁": ("po", "fan"),
    "种": ("chong", "zhong"),
    "秘": ("bi", "mi"),
    "洗": ("xian",),
    "冼": ("xian",),
    "员": ("yun", "yuan"),
    "贠": ("yun", "yuan"),
    "宓": ("mi", "fu"),
    "黑": ("he", "hei"),
    "祭": ("zhai", "ji"),
    "隗": ("wei", "kui"),
    "郗": ("xi", "chi"),
    "乜": ("nie",),
    "佴": ("nai",),
    "谌": ("chen", "shen"),
    "贾": ("jia",),
    "卜": ("bu",),
    "车": ("che",),
    "柏": ("bai", "bo"),
    "薄": ("bo", "bao"),
    "都": ("du",),
    "盛": ("sheng",),
    "葛": ("ge",),
    "阚": ("kan",),
    "莘": ("shen", "xin"),
    "郇": ("xun", "huan"),
    "番": ("pan", "fan"),
    "句": ("gou", "ju"),
    "宿": ("su",),
    "沈": ("shen",),
    "石": ("shi",),
    "燕": ("yan",),
    "应": ("ying",),
    "宁": ("ning",),
    "纪": ("ji",),
    "过": ("guo",),
    "令": ("ling",),
    "哈": ("ha",),
    "那": ("na",),
    "华": ("hua",),
    "洪": ("hong",),
    "俞": ("yu",),
    "冯": ("feng",),
    "殷": ("yin",),
    "费": ("fei", "bi"),
    "行": ("xing", "hang"),
    "角": ("jue", "jiao"),
    "牟": ("mu", "mou"),
    "曲": ("qu",),
    "重": ("chong", "zhong"),
    "晁": ("chao",),
    "逄": ("pang",),
    "臧": ("zang",),
    "相": ("xiang",),
    "占": ("zhan",),
    "颉": ("xie", "jie"),
    "粘": ("nian", "zhan"),
    "撒": ("sa",),
    "褚": ("chu",),
    "郝": ("hao",),
    "佘": ("she",),
    "厘": ("xi", "li"),
    "么": ("yao",),
    "幺": ("yao",),
}


@lru_cache(maxsize=1024)
def plain_name(name: str) -> str:
    """The name as it is searched: one form per character, no spaces, dots or other joints, Latin letters in lower case."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return "".join(char for char in folded if _speaks(char))


def spelled(name: str) -> tuple[str, str]:
    """Full pinyin and initials by the likeliest reading of each character: 曾小单 → `zengxiaodan`, `zxd`."""
    best = [options[0] for options in readings(name) if options]
    return "".join(best), "".join(syllable[0] for syllable in best)


def initials(text: str) -> frozenset[str]:
    """Every way to type the initials of a word or name: what picks it from a list (hx → 红星村)."""
    return frozenset("".join(syllable[0] for syllable in spelling) for spelling in _spellings(readings(text)))


def search_keys(name: str) -> frozenset[tuple[str, str]]:
    """All (kind, key) a name is found by: every suffix of the name, of its pinyin by syllables, and of its initials."""
    plain = plain_name(name)
    syllables = readings(name)
    keys = set()
    for start in range(len(plain)):
        keys.add((NAME, plain[start:]))
        for spelling in _spellings(syllables[start:]):
            keys.add((PINYIN, "".join(spelling)))
            keys.add((INITIALS, "".join(syllable[0] for syllable in spelling)))
    return frozenset(key for key in keys if key[1])


@lru_cache(maxsize=1024)
def readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Per character of `plain_name`, all its toneless readings, likeliest first; () for one nobody has a reading for."""
    plain = plain_name(name)
    found = [_of_character(char) for char in plain]
    for length in (2, 1):
        surname = _SURNAMES.get(plain[:length])
        if surname:
            for index, options in enumerate(zip(*(said.split() for said in surname), strict=True)):
                found[index] = _united((*options, *found[index]))
            break
    return tuple(found)


@lru_cache(maxsize=8192)
def _of_character(char: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin

    if char.isascii():
        return (char,)
    (options,) = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore") or ((),)
    return _united([typed for option in options for typed in _typed(option) if typed])


def _speaks(char: str) -> bool:
    """Letters, marks, digits; also private-use and not yet assigned code points, which rare names are made of."""
    category = unicodedata.category(char)
    return category[0] in "LMN" or category in ("Co", "Cn")


def _typed(syllable: str) -> tuple[str, ...]:
    """The ways a syllable is typed: lv, lu, lyu for lü; vowels with marks of rare dictionary entries made plain."""
    plain = "".join(char for char in unicodedata.normalize("NFD", syllable.replace("ü", "v")) if char.isascii())
    if "v" not in plain:
        return (plain,)
    return plain, plain.replace("v", "u"), plain.replace("v", "yu")


def _spellings(syllables: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    known = [options for options in syllables if options]
    count = 1
    for options in known:
        count *= len(options)
    if count <= _MOST:
        yield from itertools.product(*known)
        return
    best = tuple(options[0] for options in known)
    yield best
    for index, options in enumerate(known):
        for option in options[1:]:
            yield (*best[:index], option, *best[index + 1 :])


def _united(options: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(options))
