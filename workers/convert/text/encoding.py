"""Bytes to text in whatever encoding Chinese offices use, by our own rule.

In this order: byte order mark; strict UTF-8, where the last character may be cut; else the candidate whose text looks
most like Chinese: UTF-16 without a mark, GB18030, Big5 and what the document declares of itself. A declaration is
evidence only, the bytes decide: half of the pages that say gb2312 are GBK or UTF-8. "gb2312" and "gbk" always mean
GB18030, which contains both.

A candidate is judged on samples, so that the time for a big file is that of decoding it once; on two short ones where
these leave no doubt.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from schemas.messages.sentence import Sentence
from schemas.outcomes import Problem
from workers.convert.text.gb18030 import EURO, STANDARD
from workers.convert.text.plausibility import beyond_ascii, plausibility, weight
from workers.convert.text.seven_bit import GLANCE, ISO_2022_CN, from_iso_2022_cn, seven_bit_codec

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark starts with that of UTF-16
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "big5-tw": "big5hkscs", "cp950": "big5hkscs"}
_SAMPLE_BYTES = 3072
_GLANCE_BYTES = 512
_GLANCE_CHARACTERS = 100  # beyond ASCII, for a short sample to be evidence
_EVIDENT = 0.85  # of so many characters, far from what any wrong encoding makes of them
_CERTAIN = 0.75  # no other candidate reaches this on the same bytes
_CHINESE = 0.3  # below it the text is in another language
_TEXT = 0.05  # below it the best candidate is noise
_FEW, _HOPELESS = 40, 0.5  # so few characters show a wrong encoding
_DECLARED_BONUS = 0.05
_CUT = "unexpected end of data"  # what CPython's UTF-8 codec says of a character cut at the end, and of nothing else

_FEW = 2  # places that are no UTF-8 behind the mark of UTF-8: damage, or the end of a sample
# High bytes of UTF-16: 0x00 ASCII, 0x20 general punctuation, 0x30 CJK punctuation, 0x4E to 0x9F Han, 0xFF full width.
_WIDE_HIGH = bytes([0x00, 0x20, 0x30, 0xFF, *range(0x4E, 0xA0)])


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was read.

    Attributes:
        text: Without byte order mark, a space for NUL characters; bytes of no meaning stand as U+FFFD.
        encoding: Python codec name.
        problems: A lossy one for bytes that could not be read and for a character cut at the end.
    """

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Return the text of ``data``.

    Args:
        data: The whole content.
        declared: Charset the document claims for itself.
    """
    data = _without_padding(data)
    encoding = detect(data, declared=declared)
    if encoding == ISO_2022_CN:
        text = from_iso_2022_cn(data)
        return Decoded(text, encoding, tuple(_faults(text, encoding)))
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        text = decoder.decode(data)
    except UnicodeDecodeError:
        decoder = codecs.getincrementaldecoder(encoding)(EURO)
        text = decoder.decode(data)
    problems = list(_faults(text, encoding))
    if decoder.getstate()[0]:
        problems.append(Problem.of("convert", Sentence.of("text-truncated"), place="end of file", lossy=True))
    return Decoded(_tidy(text, encoding), encoding, tuple(problems))


def detect(data: bytes, *, declared: str | None = None) -> str:
    """Return the Python codec that reads ``data`` best; ``utf-8`` for what no codec reads well."""
    encoding, score = _best(data, declared=declared)
    return encoding if score > _CHINESE else _foreign(data) or encoding


def looks_like_text(head: bytes) -> str | None:
    """Return the codec the head of a file reads well with, or None if it is no text.

    Args:
        head: First bytes of the file; the last character may be cut.
    """
    head = _without_padding(head)
    encoding, score = _best(head, declared=None)
    if encoding == ISO_2022_CN:
        return "ascii"
    if score <= _TEXT and _is_western(head):
        return "latin-1"
    if encoding in {"utf-8", "utf-8-sig"} and not _is_western(head[:_SAMPLE_BYTES]):
        # Any bytes below 0x80 are valid UTF-8, so that its validity says nothing about control characters.
        score = plausibility(_partial(head[:_SAMPLE_BYTES], encoding))
    return encoding if score > _TEXT else None


def _without_padding(data: bytes) -> bytes:
    """Return text whose fields or blocks are filled up with NUL bytes, with a line end in place of each filling.

    A mark of UTF-8 before bytes of another encoding goes, too: it says what they are not.
    """
    if data.startswith(codecs.BOM_UTF8) and _is_mislabelled(data):
        data = data[len(codecs.BOM_UTF8) :]
    count = data.count(0)
    if not count or data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return data
    plain = _PADDING.sub(b"\n", data)
    padding = count - plain.count(0) >= _MIN_PADDING * count
    return plain if padding and plain.strip() and not _CONTROLS.search(plain.replace(b"\x00", b"")) else data


def codec_name(label: str | None) -> str | None:
    """Return the codec a declared charset means, or None for a label Python does not know or that is no charset."""
    if not label or len(label) > 40:
        return None
    try:
        codec = codecs.lookup(label.strip().strip("\"'").lower())
        "".encode(codec.name)  # refuses codecs between bytes and bytes (hex, zip)
    except (LookupError, ValueError, UnicodeError):
        return None
    return _MEANT.get(codec.name, codec.name)


def _is_western(head: bytes) -> bool:
    """Return whether it can be text in a script with an encoding of single bytes: it has no control characters."""
    return not _CONTROLS.search(head)


def _foreign(data: bytes) -> str | None:
    """Return the encoding of a text in another language than Chinese, as well as statistics can tell."""
    if not _is_western(data[:_SAMPLE_BYTES]):
        return None
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, takes 15 ms

    match = from_bytes(data[: 4 * _SAMPLE_BYTES]).best()
    return codec_name(match.encoding) if match else None


def _best(data: bytes, *, declared: str | None) -> tuple[str, float]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, 1.0
    wanted = codec_name(declared)
    # Bytes of Big5 are full of the first of these pairs, and then looking for them takes longer than all the rest.
    if (
        data[:GLANCE].isascii()
        and (_has_pair(data, b"\x1b$") or _has_pair(data, b"~{") or wanted == "utf-7")
        and (seven := seven_bit_codec(data, wanted))
    ):
        return seven, 1.0
    if _is_utf8(data):
        return "utf-8", 1.0
    return _at_a_glance(data, wanted) or _at_length(data, wanted)


def _has_pair(data: bytes, pair: bytes) -> bool:
    """Return whether two bytes stand together somewhere; Python finds the first alone ten times as fast as both."""
    return pair[:1] in data and pair in data


def _is_mislabelled(data: bytes) -> bool:
    """Return whether text behind the mark of UTF-8 is none: a program put the mark before bytes of another encoding."""
    head = data[3 : 3 + _SAMPLE_BYTES]
    wrong = head.decode("utf-8", "replace").count("\ufffd")
    return wrong > _FEW and wrong * 4 > len(head) - sum(byte < 0x80 for byte in head)


def _at_a_glance(data: bytes, wanted: str | None) -> tuple[str, float] | None:
    """Return the candidate that short stretches from the start and the middle leave no doubt about."""
    stretches = [data[at : at + _GLANCE_BYTES] for at in _glances(data)]
    for encoding in _candidates(stretches, wanted):
        judged = [_judge(stretch, encoding) for stretch in stretches]
        enough = bool(judged) and judged[0][1] >= _GLANCE_CHARACTERS
        if enough and all(score >= _EVIDENT for score, count in judged if count >= _GLANCE_CHARACTERS):
            return encoding, judged[0][0]
    return None


def _glances(data: bytes) -> Iterator[int]:
    found = _HIGH.search(data)
    if found:
        yield _resynchronise(data, found.start())
        if len(data) > 4 * _SAMPLE_BYTES:
            # No encoding of several bytes a character has a line feed within one, but for UTF-16, which goes the
            # long way where this is the wrong half of a pair.
            yield data.rfind(b"\n", 0, len(data) // 2) + 1


@lru_cache(maxsize=32)  # the sniffer and the reader ask about the same stretch
def _judge(stretch: bytes, encoding: str) -> tuple[float, int]:
    """Return how plausible a stretch is in an encoding, and by how many characters."""
    beyond = beyond_ascii(_partial(stretch, encoding))
    few = weight(beyond[:_FEW])
    return (few if few < _HOPELESS else weight(beyond)), len(beyond)


def _at_length(data: bytes, wanted: str | None) -> tuple[str, float]:
    best = ("utf-8", 0.0)
    samples = list(_samples(data))
    for encoding in _candidates(samples, wanted):
        score = sum(plausibility(_partial(sample, encoding)) for sample in samples) / len(samples)
        score += _DECLARED_BONUS if encoding == wanted else 0
        if score >= _CERTAIN:
            return encoding, score
        best = max(best, (encoding, score), key=lambda item: item[1])
    return best


def _is_utf8(data: bytes) -> bool:
    if b"\x00" in data[:_SAMPLE_BYTES]:
        return False  # ASCII in UTF-16 is valid UTF-8 too
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == _CUT
    return True


def _candidates(samples: list[bytes], wanted: str | None) -> list[str]:
    wide = ["utf-16-le", "utf-16-be"] if any(_maybe_wide(sample) for sample in samples) else []
    return list(dict.fromkeys([*wide, *([wanted] if wanted else []), "gb18030", "big5hkscs", "utf-8"]))


def _maybe_wide(sample: bytes) -> bool:
    """Return whether one half of the byte pairs is nearly all high bytes of Han, ASCII and CJK punctuation."""
    for parity in (0, 1):
        half = sample[parity::2]
        if half and len(half.translate(None, _WIDE_HIGH)) < 0.1 * len(half):
            return True
    return False


def _samples(data: bytes) -> Iterator[bytes]:
    """Yield up to three stretches: the start, and from where the first byte beyond ASCII is in either half."""
    yield data[:_SAMPLE_BYTES]
    for start in (_SAMPLE_BYTES, len(data) // 2):
        found = _HIGH.search(data, max(start, _SAMPLE_BYTES))
        if found:
            at = _resynchronise(data, found.start())
            yield data[at : at + _SAMPLE_BYTES]


_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_PRIVATE = re.compile(f"[{''.join(map(chr, STANDARD))}]")
_PRIVATE_HIGH = sorted({code >> 8 for code in STANDARD})
_NULS = re.compile("\x00+")
_PADDING = re.compile(rb"\x00{4,}")  # in UTF-32 no more than three stand together
_MIN_PADDING = 0.9


def _resynchronise(data: bytes, at: int) -> int:
    """Return where a character surely begins, at or shortly before ``at``, on an even offset where that is possible."""
    # A byte below 0x30 is no trail byte of GB18030 or Big5; UTF-16 needs the parity of the file instead.
    for start in range(at, max(at - 256, 0), -1):
        if data[start - 1] < 0x30 and start % 2 == 0:
            return start
    return at - at % 2


def _partial(sample: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)(EURO).decode(sample)


def _faults(text: str, encoding: str) -> Iterator[Problem]:
    if "\ufffd" in text:
        lost = text.count("\ufffd")
        yield Problem.of("convert", Sentence.of("text-bytes", count=lost, encoding=encoding), lossy=True)


def _tidy(text: str, encoding: str) -> str:
    if encoding == "gb18030":
        text = text.translate(STANDARD) if _may_be_private(text) and _PRIVATE.search(text) else text
    return (_NULS.sub(" ", text) if "\x00" in text else text).lstrip("\ufeff")


def _may_be_private(text: str) -> bool:
    """Return whether a private character may be there; Python finds a byte ten times as fast as one of a class."""
    high = text.encode("utf-16-le", "surrogatepass")[1::2]
    return any(byte in high for byte in _PRIVATE_HIGH)
