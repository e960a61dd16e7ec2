"""Publish a draft as the next version of its layer: two people, a reason, every check and every worked case.

The version is signed by the office's own key, made at the first publishing and kept with the office's data (mode 0600):
the office trusts itself, and `clerk.packs.intact` notices later changes as with any other pack. Whoever can read that
key can publish; it is no proof towards others, who must get the public key from the office as from any publisher.
"""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from clerk import signing
from clerk.atomic import atomic_write
from clerk.authoring.bench import Bench
from clerk.authoring.drafts import Draft, discard, newest
from clerk.authoring.shapes import Happened, Home
from clerk.errors import UserCanFix
from clerk.pack_cases import SUFFIX, CaseFault, Heard
from clerk.pack_files import MARKER, make_pack
from clerk.packs import Installed, install, trust, trusted_keys, version_order
from clerk.signing import SecretKey
from forms.canonical import Document, read, write
from forms.changes import CHANGES, Changed, Release, changes_text, read_changes
from forms.loader import WORKED

PUBLISHED = "发布政策修改"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Who publishes what and why: the author and a second person, the day of publishing, the first day in force.

    `accepted` names worked cases that are meant to come out otherwise from now on, each with why.
    """

    author: str
    second: str
    on: date
    effective: date
    reason: str
    accepted: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Published:
    """The version now on the shelf, and what the journal of events is to be told."""

    installed: Installed
    happened: Happened


def publish(bench: Bench, home: Home, proposal: Proposal, now: datetime) -> Published:
    """Put a draft on the shelf as the next version of its layer, beside the earlier ones; the draft is then forgotten.

    Raises `UserCanFix` with one sentence and leaves shelf and draft as they were: names, reason or day that will not do,
    faults, nothing changed, a newer version than the one the draft was made from, worked cases that do not come out.
    """
    refuse_people(proposal)
    refuse_days(bench.draft, home, proposal)
    changes = _sound(bench)
    accepted = _accepted(bench, proposal)
    version = next_version(home, bench.draft, proposal.on)
    release = _release(proposal, version, changes)
    with tempfile.TemporaryDirectory(prefix="clerk-publish-") as scratch:
        tree = Path(scratch) / bench.draft.about.id
        shutil.copytree(bench.draft.tree, tree)
        _finish(tree, release, accepted)
        comment = f"timestamp:{int(now.timestamp())}\tpack:{bench.draft.about.id}\tversion:{version}"
        file = Path(scratch) / "layer.pack"
        key = office_key(home)
        atomic_write(file, make_pack(tree, comment, key))
        found = install(file, home.packs, trusted_keys(home.keys))
    discard(bench.draft)
    return Published(found, _happened(release, found))


def refuse_people(proposal: Proposal) -> None:
    """Raises `UserCanFix` unless an author, another second person and a reason are named."""
    author, second = _squashed(proposal.author), _squashed(proposal.second)
    if not author:
        raise UserCanFix("请写修改人姓名")
    if not second:
        raise UserCanFix("请由另一个人复核，并写复核人姓名")
    if author == second:
        raise UserCanFix("复核人不能是修改人自己，请由另一个人复核")
    if not proposal.reason.strip():
        raise UserCanFix("请写修改事由，例如依据的文件")


def refuse_days(draft: Draft, home: Home, proposal: Proposal) -> None:
    """Raises `UserCanFix` for a first day that is past or before the newest version's, and for a draft of an older one."""
    last = newest(home, draft.about.id)
    if proposal.effective < proposal.on:
        raise UserCanFix(f"生效日期{proposal.effective.isoformat()}已经过去，最早从今天起生效")
    if last and last.version != draft.base:
        made_from = f"照{draft.base}版改的" if draft.base else "新建的"
        raise UserCanFix(f"草稿是{made_from}，现在已有{last.version}版，请放弃草稿后在新版上重新修改")
    if last and proposal.effective < last.since:
        day = last.since.isoformat()
        raise UserCanFix(f"{last.version}版从{day}起生效，新版不能早于这一天，否则它的内容会提前生效")


def next_version(home: Home, draft: Draft, on: date) -> str:
    """The version a draft will have: the day's, or the one after the newest."""
    last = newest(home, draft.about.id)
    known = max(draft.base, last.version if last else "", key=version_order)
    day = f"{on.year}.{on.month:02}.{on.day:02}"
    if version_order(day) > version_order(known):
        return day
    head, _, tail = known.rpartition(".")
    if version_order(known)[:3] == version_order(day) and len(version_order(known)) > 3:
        return f"{head}.{int(tail) + 1}"
    return f"{known}.1"


def office_key(home: Home) -> SecretKey:
    """The key this office signs by, made at first use and trusted by the office itself."""
    home.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not home.key.exists():
        atomic_write(home.key, signing.new_key().to_text().encode(), mode=0o600)
    key = signing.read_secret_key(home.key.read_text(encoding="utf-8"))
    if key.public not in trusted_keys(home.keys):
        trust(home.keys, key.public.to_text())
    return key


def open_cases(bench: Bench, accepted: Mapping[str, str], heard: Heard = lambda done: None) -> tuple[CaseFault, ...]:
    """The worked cases that do not come out with the draft and were accepted neither now nor at an earlier publishing."""
    known = {case for layer in bench.trial_layers() for release in read_changes(layer) for case, _ in release.accepted}
    known |= {case for case, why in accepted.items() if why.strip()}
    return tuple(fault for fault in bench.cases(heard) if fault.case not in known)


def _sound(bench: Bench) -> tuple[Changed, ...]:
    if faults := bench.check_all():
        more = f"（共{len(faults)}处）" if len(faults) > 1 else ""
        raise UserCanFix(f"还有错误，不能发布：{faults[0]}{more}")
    changes = bench.changes()
    if not changes:
        raise UserCanFix("没有任何改动，不用发布")
    return changes


def _accepted(bench: Bench, proposal: Proposal) -> Sequence[str]:
    wrong = open_cases(bench, proposal.accepted)
    if wrong:
        names = list(dict.fromkeys(fault.case for fault in wrong))
        more = f"（共{len(names)}个案例）" if len(names) > 1 else ""
        raise UserCanFix(f"案例不通过，不能发布：{wrong[0]}{more}；结果确应改变的，请逐个写明理由")
    return tuple(proposal.accepted)


def _release(proposal: Proposal, version: str, changes: tuple[Changed, ...]) -> Release:
    return Release(
        version,
        proposal.on,
        proposal.effective,
        _tidy(proposal.author),
        _tidy(proposal.second),
        _tidy(proposal.reason),
        changes,
        tuple((case, _tidy(why)) for case, why in proposal.accepted.items() if why.strip()),
    )


def _finish(tree: Path, release: Release, accepted: Sequence[str]) -> None:
    """Version, first day and record of changes; own cases that were accepted leave the layer."""
    (marker,) = read((tree / MARKER).read_text(encoding="utf-8-sig"), MARKER)
    marker.tree.update({"版本": release.version, "生效": release.effective.isoformat()})
    atomic_write(tree / MARKER, write([marker]).encode())
    atomic_write(tree / CHANGES, changes_text([*read_changes(tree), release]).encode())
    for path in (tree / WORKED).glob(f"*{SUFFIX}"):
        said = read(path.read_text(encoding="utf-8"), path.name)
        kept = [one for one in said if _case(one) not in accepted]
        if not kept:
            path.unlink()
        elif len(kept) < len(said):
            atomic_write(path, write(kept).encode())


def _case(document: Document) -> str:
    """How `clerk.pack_cases` names an expectation."""
    return f"{document.tree.get('案例')} {document.tree.get('名')}"


def _happened(release: Release, found: Installed) -> Happened:
    detail = {
        "名称": found.name,
        "版本": found.version,
        "生效": found.since.isoformat(),
        "复核": release.second,
        "事由": release.reason,
        "改动": "；".join(map(str, release.changes)),
        "签名": found.key,
        "摘要": found.digest,
    }
    if release.accepted:
        detail["不再适用的案例"] = "；".join(f"{case}（{why}）" for case, why in release.accepted)
    return Happened(release.author, PUBLISHED, found.id, detail)


def _tidy(words: str) -> str:
    return " ".join(words.split())


def _squashed(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).casefold()
