"""Files that are pictures of text: the sample as PNG, and its pixels as pages of a TIFF and of a PDF."""

import struct
import zlib

from tests.support.builders.containers import SAMPLES

PICTURE = (SAMPLES / "scan" / "notice.png").read_bytes()
WIDTH, HEIGHT = 1240, 460
TITLE = "关于印发政务公开工作要点的通知"


def pixels() -> bytes:
    """Return the rows of the sample, which are packed without filters, one bit a pixel, white is 1."""
    at = PICTURE.index(b"IDAT")
    length = int.from_bytes(PICTURE[at - 4 : at], "big")
    raw, step = zlib.decompress(PICTURE[at + 4 : at + 4 + length]), WIDTH // 8 + 1
    return b"".join(raw[start + 1 : start + step] for start in range(0, len(raw), step))


def tif(*pages: bytes) -> bytes:
    """Return an uncompressed TIFF with these pages of the sample's size."""
    data = bytearray(b"II*\0\0\0\0\0")
    link = 4
    for page in pages:
        start = len(data)
        data += page
        struct.pack_into("<I", data, link, len(data))
        tags = {256: WIDTH, 257: HEIGHT, 258: 1, 259: 1, 262: 1, 273: start, 277: 1, 278: HEIGHT, 279: len(page)}
        data += struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", tag, 4, 1, v) for tag, v in tags.items())
        link = len(data)
        data += b"\0\0\0\0"
    return bytes(data)


def scanned_pdf(*pages: bytes) -> bytes:
    """Return a PDF of pages that are pictures of the sample's size."""
    kids = " ".join(f"{3 + 3 * n} 0 R" for n in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode()]
    for number, page in enumerate(pages):
        first = 3 + 3 * number
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 221]/Contents {first + 1} 0 R"
            f"/Resources<</XObject<</P {first + 2} 0 R>>>>>>".encode()
        )
        objects.append(b"<</Length 25>>stream\nq 595 0 0 221 0 0 cm /P Do Q\nendstream".replace(b"25", b"26"))
        head = f"<</Type/XObject/Subtype/Image/Width {WIDTH}/Height {HEIGHT}/ColorSpace/DeviceGray/BitsPerComponent 1"
        objects.append(f"{head}/Length {len(page)}>>stream\n".encode() + page + b"\nendstream")
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(data)
    data += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}".encode()
    return bytes(data + f"trailer<</Size {len(places) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode())


BLANK = b"\xff" * (WIDTH // 8 * HEIGHT)
