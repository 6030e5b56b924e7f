"""Near-duplicates: a sketch of an article's text that tells without the text how much of it two articles share.

The sketch keeps the smallest hashes of what the text consists of (a bottom-k MinHash: Broder, "On the resemblance and
containment of documents", 1997; Cohen and Kaplan, "Summarizing data using bottom-k sketches", 2007): its runs of
``RUN`` letters, whatever marks and breaks stand between them, and its numbers, each counted ``WEIGHT`` times. Before it
stand the years the text speaks of. So a reprint has all of its original, and next year's report of the same office,
made from the same form, is another document. Which articles are compared with which is the index's business.
"""

import re
import zlib
from collections import Counter
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest

# Characters of a run; hashes kept, 8 hexadecimal digits each.
RUN = 5
KEPT = 64
# Measured on annual reports made from one form, where a changed number touches at most RUN of its runs, of which a
# quarter counts.
WEIGHT = 2
# Reprints with another date and other page furniture reach 0.89, reports of one office for two years stay below 0.7.
NEAR = 0.8
# Letters a text needs: a cover sheet or 「附件」 is the same in many documents, and no reprint.
MIN_LENGTH = 40

_DIGITS = 8
# A year and how often it stands there, up to 255: 200b is no year, 201103 is 2011, three times.
_YEAR_DIGITS = 6
_MAX_YEARS = 255
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|[-./]\d|度)", re.ASCII)
_MARKS = re.compile(r"[\W_]+")


def signature(text: str) -> str:
    """Return the sketch of a text in hexadecimal; empty for one of fewer than ``MIN_LENGTH`` letters.

    How many years, each year with its count, then up to ``KEPT`` ascending hashes. Takes about 0.1 µs a character.
    """
    letters = _letters(text)
    if len(letters) < MIN_LENGTH:
        return ""
    data, crc, width = letters.encode("utf-16-le", "surrogatepass"), zlib.crc32, 2 * RUN
    # One run in four, chosen by its first letter, so that the same text chooses the same ones wherever it stands.
    chosen = [at for at in range(0, len(data) - width + 2, 2) if not data[at] & 3]
    hashes = {crc(data[at : at + width]) for at in chosen}
    # A CRC's bits follow from one another; a product spreads them.
    kept = nsmallest(KEPT, [value * 0x9E3779B1 & 0xFFFFFFFF for value in hashes | _numbers(text)])
    years = sorted(Counter(_YEAR.findall(text)).items())[:_MAX_YEARS]
    stated = "".join(f"{year}{min(count, _MAX_YEARS):02x}" for year, count in years)
    return f"{len(years):02x}{stated}" + "".join(map("{:08x}".format, kept))


def similarity(a: str, b: str) -> float:
    """Return the share of what two texts consist of that both have, 0 to 1, from their signatures.

    At most the share of the years that both speak of. The standard error is 0.05 at 0.8; an empty signature is
    similar to nothing.
    """
    if not a or not b:
        return 0.0
    (years_a, first), (years_b, second) = _split(a), _split(b)
    smallest = nsmallest(KEPT, first | second)
    shared = len(first & second & set(smallest)) / len(smallest)
    fewest = min(years_a.total(), years_b.total())
    return min(shared, (years_a & years_b).total() / fewest) if fewest else shared


def near(a: str | None, b: str | None) -> bool:
    """Tell whether two signatures are of one text, printed twice."""
    if not a or not b:
        return False
    if a == b:
        return True
    first, second = _split(a)[1], _split(b)[1]
    # What the sketches share bounds what their smallest share; most pairs end here.
    most = len(first & second) / min(KEPT, len(first | second))
    return most >= NEAR and similarity(a, b) >= NEAR


def fingerprint(text: str) -> str:
    """Return what texts share exactly where their letters are the same, in 32 hexadecimal digits.

    Empty for one of fewer than ``MIN_LENGTH`` letters.
    """
    letters = _letters(text)
    if len(letters) < MIN_LENGTH:
        return ""
    return blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _letters(text: str) -> str:
    return _MARKS.sub("", text).lower()


def _numbers(text: str) -> set[int]:
    """Return the hashes of the numbers in the text; the second 5 of a text is another number than the first."""
    crc, copies = zlib.crc32, range(WEIGHT)
    counted = Counter(_NUMBER.findall(text))
    return {
        crc(b"%d %d" % (nth, copy), crc(n.encode())) for n, c in counted.items() for nth in range(c) for copy in copies
    }


@lru_cache(maxsize=1024)
def _split(sketch: str) -> tuple[Counter[str], frozenset[str]]:
    end = 2 + _YEAR_DIGITS * int(sketch[:2], 16)
    years = Counter({sketch[at : at + 4]: int(sketch[at + 4 : at + 6], 16) for at in range(2, end, _YEAR_DIGITS)})
    return years, frozenset(sketch[at : at + _DIGITS] for at in range(end, len(sketch), _DIGITS))
