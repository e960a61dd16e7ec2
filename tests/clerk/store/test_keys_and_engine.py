"""The encrypted file and its key: who can open it, with which settings, and what lies on the disk."""

import os
import stat
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from clerk.errors import UserCanFix
from clerk.store import engine, keys, open_store
from clerk.store.keys import KEY_FILE, open_keys
from tests.clerk.store.made import a_household, a_store, file_case, in_children

posix_only = pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def the_refusal(folder: Path, *, create: bool = True) -> str:
    with pytest.raises(UserCanFix) as refused:
        open_store(folder, create=create).close()
    message = refused.value.message
    assert "\n" not in message
    assert "Traceback" not in message
    return message


@posix_only
def test_the_key_is_32_random_bytes_that_only_its_owner_can_read(tmp_path: Path) -> None:
    with a_store(tmp_path / "a"), a_store(tmp_path / "b"):
        one, two = ((tmp_path / name / KEY_FILE).read_bytes() for name in "ab")
        assert (len(one), len(two)) == (32, 32)
        assert one != two
        assert {mode(path) for path in (tmp_path / "a").iterdir()} == {0o600}
        assert mode(tmp_path / "a") == 0o700


@posix_only
@pytest.mark.parametrize(("name", "loose"), [(KEY_FILE, 0o640), (KEY_FILE, 0o604), ("", 0o750), ("", 0o701)])
def test_a_key_or_folder_that_others_may_read_is_refused(tmp_path: Path, name: str, loose: int) -> None:
    folder = tmp_path / "s"
    with a_store(folder):
        pass
    (folder / name).chmod(loose)
    assert f"{loose:o}" in the_refusal(folder)


def test_another_key_is_refused_in_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with a_store(tmp_path / "s") as store, store.work() as work:
        file_case(work, a_household())
    with (tmp_path / "s" / KEY_FILE).open("r+b") as key:
        key.write(bytes(32))
    assert "密钥与数据库不符" in the_refusal(tmp_path / "s")
    assert capfd.readouterr().err == ""


def test_a_lost_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    with a_store(tmp_path / "s"):
        pass
    (tmp_path / "s" / KEY_FILE).unlink()
    assert "找不到数据密钥" in the_refusal(tmp_path / "s")
    assert not (tmp_path / "s" / KEY_FILE).exists()


def test_a_damaged_key_is_named(tmp_path: Path) -> None:
    with a_store(tmp_path / "s"):
        pass
    with (tmp_path / "s" / KEY_FILE).open("r+b") as key:
        key.truncate(31)
    assert "已损坏" in the_refusal(tmp_path / "s")


def test_nothing_is_made_when_only_opening(tmp_path: Path) -> None:
    assert "没有数据库" in the_refusal(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_key_that_another_window_made_meanwhile_stays(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_bytes(b"k" * 32)
    keys._make(tmp_path / KEY_FILE)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {KEY_FILE: b"k" * 32}


def test_windows_that_start_at_once_make_one_key_and_one_store(tmp_path: Path) -> None:
    def start(_: int) -> int:
        with a_store(tmp_path / "s") as store, store.work() as work:
            return work.next_number("x")

    assert sorted(in_children(3, start)) == [1, 2, 3]
    assert [path.name for path in (tmp_path / "s").iterdir() if "key" in path.name] == [KEY_FILE]


def test_keys_do_not_show_themselves(tmp_path: Path) -> None:
    (tmp_path / "s").mkdir(mode=0o700)
    made = open_keys(tmp_path / "s", create=True)
    assert made.database != made.audit
    assert made.database.hex()[:8] not in repr(made)
    assert repr(made.database) not in repr(made)


def test_every_connection_has_the_settings_that_keep_work_safe(tmp_path: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "cache_size": -65536, "secure_delete": 1, "temp_store": 2}
    with a_store(tmp_path / "s") as store, store.reading() as one, store.work() as two:
        for view in (one, two):
            assert {name: view.connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted} == wanted


def test_a_setting_that_does_not_hold_stops_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_SETTINGS", (("synchronous", "NORMAL", 2),))
    with pytest.raises(RuntimeError, match="synchronous is 1"):
        open_store(tmp_path / "s")


def test_an_older_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "OLDEST_SQLITE", (99, 0, 0))
    with pytest.raises(RuntimeError, match="has the WAL fault"):
        engine.make_engine(tmp_path / "x.db", bytes(32))


def test_the_library_is_newer_than_the_fault_in_shared_write_ahead_logs() -> None:
    assert sqlcipher.sqlite_version_info >= (3, 51, 3)


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    household = a_household("古某·肉某", "曾小单")
    with a_store(tmp_path / "s") as store:
        with store.work() as work:
            file_case(work, household)
        secrets = ["古某", "曾小单", "zengxiaoshan", "zxs", "红星村", "提交", str(household.tables["成员"][0].answers["证件号"])]
        words = [*(secret.encode() for secret in secrets), b"SQLite format 3", b"CREATE TABLE", b"household", b"search_key"]
        lying = {path.name: path.read_bytes() for path in (tmp_path / "s").iterdir() if path.name != KEY_FILE}
    assert {"clerk.db", "clerk.db-wal", "clerk.db-shm"} <= lying.keys()
    assert len(lying["clerk.db-wal"]) > 50_000
    assert [(name, word) for name, content in lying.items() for word in words if word in content] == []


def test_a_flipped_bit_is_found_and_its_page_named(tmp_path: Path) -> None:
    with a_store(tmp_path / "s") as store:
        for _ in range(40):
            with store.work() as work:
                file_case(work, a_household("曾小单", "区某", "查某"))
        assert store.faults() == []
    content = bytearray((tmp_path / "s" / "clerk.db").read_bytes())
    content[-2000] ^= 1
    (tmp_path / "s" / "clerk.db").write_bytes(content)
    with a_store(tmp_path / "s") as store:
        assert f"page {len(content) // 4096}" in store.faults()[0]


@pytest.mark.parametrize("page", [0, 1])
def test_a_file_damaged_at_its_beginning_is_refused_in_one_sentence(tmp_path: Path, page: int) -> None:
    with a_store(tmp_path / "s"):
        pass
    with (tmp_path / "s" / "clerk.db").open("r+b") as file:
        file.seek(page * 4096 + 1000)
        file.write(bytes(16))
    assert "已损坏" in the_refusal(tmp_path / "s")
