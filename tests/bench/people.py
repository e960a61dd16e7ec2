"""Invented people by the hundred thousand, loaded fast (Core), for measuring the search."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from clerk.pinyin import search_keys
from clerk.records import PersonKeys
from clerk.store import Store
from clerk.store.households import person_columns
from clerk.store.tables import household, household_revision, person

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史贺陶顾毛郝龚邵万覃武钱戴严莫孔向常仇单区查解"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂文华建国红玉梅春秋燕玲海波飞宇浩晨思雨欣怡子轩梓涵俊辉志乐行重佳慧颖婷雪莲菊凤龙虎成才德福贵荣光庆祥瑞林森鑫淼"
_WEIGHTS = [2 ** (17 - i) % 11 for i in range(17)]
_BATCH = 20_000


def invented_people(count: int, seed: int = 1) -> Iterator[PersonKeys]:
    """The same people for the same seed: common surnames more often, IDs of region 990101 with valid check characters."""
    chance = random.Random(seed)
    shares = [1 / (i + 3) for i in range(len(_SURNAMES))]
    surnames = chance.choices(_SURNAMES, shares, k=count)
    for number, surname in enumerate(surnames):
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
        given = "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2, 2))))
        yield PersonKeys(
            row="m0",
            name=surname + given,
            id_no=_id(f"99010{1 + number % 9}{born:%Y%m%d}{chance.randrange(1000):03d}"),
            phone=f"1{chance.choice('3578')}{chance.randrange(10**9):09d}",
            birth=born,
            sex="男女"[number % 2],
            village=f"{'红绿青蓝金银'[number % 6]}{'星水山河'[number % 4]}村",
        )


def load_people(store: Store, count: int = 100_000, seed: int = 1) -> list[PersonKeys]:
    """Put so many people, each a household of its own, into an empty store; gives them back."""
    people = list(invented_people(count, seed))
    at = store.now().isoformat(timespec="milliseconds")
    document = '{"answers":{},"complete":[],"tables":{}}'
    for start in range(0, count, _BATCH):
        some = list(enumerate(people[start : start + _BATCH], start + 1))
        with store.work() as work:
            rows: dict[Any, list[dict[str, Any]]] = {
                household: [{"id": f"h{i}", "revision": 1, "row_version": 1, "changed": at} for i, _ in some],
                household_revision: [
                    {"household": f"h{i}", "revision": 1, "document": document, "kept": at, "frozen": False} for i, _ in some
                ],
                person: [{"id": i, "household": f"h{i}", "row": "m0", "current": True, **person_columns(p)} for i, p in some],
            }
            for table, values in rows.items():
                work.connection.execute(insert(table), values)
            keys = sorted((kind, key, i) for i, p in some for kind, key in search_keys(p.name))
            work.connection.exec_driver_sql("INSERT INTO search_key (kind, key, person) VALUES (?, ?, ?)", keys)
    return people


def searches(people: list[PersonKeys], count: int, seed: int = 2) -> list[str]:
    """What clerks would type to find some of these people: names, pieces, pinyin, initials, IDs and phones and their ends."""
    from clerk.pinyin import spelled

    chance = random.Random(seed)
    ways = [
        lambda p: p.name,
        lambda p: p.name[:1],
        lambda p: p.name[1:],
        lambda p: p.name[:2],
        lambda p: spelled(p.name)[0],
        lambda p: spelled(p.name)[0][:5],
        lambda p: spelled(p.name)[1],
        lambda p: p.id_no,
        lambda p: p.id_no[:10],
        lambda p: p.id_no[-4:],
        lambda p: p.phone,
        lambda p: p.phone[-4:],
    ]
    return [chance.choice(ways)(chance.choice(people)) for _ in range(count)]


def _id(first17: str) -> str:
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, _WEIGHTS, strict=True)) % 11]
