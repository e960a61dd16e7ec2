"""What went wrong, as one sentence for the clerk. Qt-free."""

from __future__ import annotations


def in_a_sentence(fault: BaseException) -> str:
    """The sentence of a fault that its reader can mend; empty for anything else, which is a bug."""
    from clerk.errors import UserCanFix
    from forms.places import DataError, DataErrors

    if isinstance(fault, UserCanFix):
        return fault.message
    if isinstance(fault, DataErrors):
        more = f"（共{len(fault.errors)}处错误）" if len(fault.errors) > 1 else ""
        return f"数据读不通：{fault.errors[0]}{more}"
    return f"数据读不通：{fault}" if isinstance(fault, DataError) else ""
