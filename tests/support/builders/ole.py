"""Small OLE compound files ([MS-CFB], version 3) and Outlook messages ([MS-OXMSG]) made by hand."""

import struct
from typing import Union

Tree = dict[str, Union[bytes, "Tree"]]
_END, _FREE, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF


class _Writer:
    def __init__(self) -> None:
        self.entries: list[bytes] = []
        self.mini = b""
        self.mini_fat: list[int] = []

    def add(self, name: str, node: "bytes | Tree", right: int = _NONE, kind: int = 1) -> int:
        """Add an entry with all below it; its siblings hang in a row to its right. Return its number."""
        number = len(self.entries)
        self.entries.append(b"")
        if isinstance(node, bytes):
            content = name, 2, right, _NONE, self.store(node), len(node)
        else:
            content = name, kind, right, self.add_all(node), 0, 0
        self.entries[number] = _entry(*content)
        return number

    def add_all(self, tree: Tree) -> int:
        following = _NONE
        for name, node in sorted(tree.items(), key=lambda item: (len(item[0]), item[0].upper()), reverse=True):
            following = self.add(name, node, following)
        return following

    def store(self, data: bytes) -> int:
        if not data:
            return _END
        first, count = len(self.mini_fat), -(-len(data) // 64)
        self.mini_fat += [*range(first + 1, first + count), _END]
        self.mini += data.ljust(64 * count, b"\0")
        return first


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    head = coded.ljust(64, b"\0") + struct.pack("<HBBIII", len(coded), kind, 1, _NONE, right, child)
    return head + bytes(36) + struct.pack("<IQ", start, size)


def ole(tree: Tree) -> bytes:
    """Return a compound file; its streams have to be below 4096 bytes each."""
    writer = _Writer()
    writer.add("Root Entry", tree, kind=5)
    directory = b"".join(writer.entries)
    directory += _entry("", 0, _NONE, _NONE, 0, 0) * (-len(writer.entries) % 4)
    fat: list[int] = []
    parts = []

    def place(data: bytes, fill: bytes = b"\0") -> int:
        first, count = len(fat), -(-len(data) // 512)
        fat.extend([*range(first + 1, first + count), _END])
        parts.append(data.ljust(512 * count, fill))
        return first

    mini_start = place(writer.mini)
    root = struct.pack("<IQ", mini_start, len(writer.mini))
    directory_start = place(directory[:116] + root + directory[128:])
    mini_fat_start = place(struct.pack(f"<{len(writer.mini_fat)}I", *writer.mini_fat), b"\xff")
    fat_start = len(fat)
    fat.append(0xFFFFFFFD)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory_start, 0, 4096, mini_fat_start, 1, _END, 0)
    head += struct.pack("<I", fat_start) + b"\xff" * 432
    return head + b"".join(parts) + struct.pack(f"<{len(fat)}I", *fat).ljust(512, b"\xff")


def _properties(head: bytes, values: dict[int, "str | bytes | int"]) -> Tree:
    entries, streams = b"", Tree()
    for tag, value in values.items():
        if isinstance(value, int):
            entries += struct.pack("<HHIQ", 0x0003, tag, 6, value)
            continue
        kind, data, more = (0x001F, value.encode("utf-16-le"), 2) if isinstance(value, str) else (0x0102, value, 0)
        entries += struct.pack("<HHIII", kind, tag, 6, len(data) + more, 0)
        streams[f"__substg1.0_{tag:04X}{kind:04X}"] = data
    return {"__properties_version1.0": head + entries, **streams}


def outlook_message(
    subject: str, body: "str | bytes", recipient: str, attachments: dict[str, bytes], *, sender: str = "张三"
) -> bytes:
    """Return a message; a body in bytes is a page."""
    head = struct.pack("<8xIIII8x", 1, len(attachments), 1, len(attachments))
    text: dict[int, str | bytes | int] = {0x1000: body} if isinstance(body, str) else {0x1013: body, 0x3FDE: 65001}
    values: dict[int, str | bytes | int] = {0x001A: "IPM.Note", 0x0037: subject, 0x0C1A: sender, **text}
    tree = _properties(head, {**values, 0x0C1F: "a@b.example"})
    tree["__nameid_version1.0"] = {"__substg1.0_00020102": b"", "__substg1.0_00030102": b""}
    tree["__recip_version1.0_#00000000"] = _properties(bytes(8), {0x3001: recipient, 0x3003: "c@d.example"})
    for number, (name, data) in enumerate(attachments.items()):
        tree[f"__attach_version1.0_#{number:08X}"] = _properties(bytes(8), {0x3705: 1, 0x3707: name, 0x3701: data})
    return ole(tree)
