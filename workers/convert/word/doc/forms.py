"""The data of form fields in the ``Data`` stream ([MS-DOC] 2.9.161 NilPICFAndBinData, 2.9.78 FFData)."""

from workers.convert.word.doc.binary import Damaged, u16, u32

_CHECK_BOX = 1
_AS_DEFAULT = 25
_MAX_NAME_LENGTH = 255


def box_state(storage: bytes, place: int) -> bool | None:
    """Return whether the check box whose data lies at ``place`` is ticked; None if it is no check box.

    Args:
        storage: The ``Data`` stream.
        place: Offset of the data's head.
    """
    try:
        at = place + u16(storage, place + 4)
        if u32(storage, at) != 0xFFFFFFFF:
            return None
        bits = u16(storage, at + 4)
        if bits & 3 != _CHECK_BOX:
            return None
        result = bits >> 2 & 31
        if result != _AS_DEFAULT:
            return result == 1
        name = at + 10
        length = u16(storage, name)
        return length <= _MAX_NAME_LENGTH and u16(storage, name + 4 + 2 * length) == 1
    except Damaged:
        return None
