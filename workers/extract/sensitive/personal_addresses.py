"""Home addresses behind their label, and below or beside a cell that is the label.

Masked to the street, as notices publish them: 「某某市某某区人民路***」.
"""

from collections.abc import Iterator

from schemas.articles import Finding
from workers.runtime.lazy_regex import lazy_compile

_LABEL = (
    r"(?:家庭(?:住址|地址|详细地址)|现?住址|(?:户籍|户口|居住|常住)(?:所在地|地址|住址|地)|家住|现住|住(?=[:：于在]))\s?"
    r"(?:[:：]|为|是|于|在)?\s{0,2}"
)
ADDRESS = lazy_compile(_LABEL + r"([一-鿿][一-鿿0-9A-Za-z（）()·#-]{5,59})")
"""A home address: its one group, behind its label."""

_PLACE = lazy_compile(r"[省市区县镇乡村路街巷弄里园苑庄屯湾]")
_HOUSE = lazy_compile(r"[0-9一二三四五六七八九十]{1,5}\s?(?:号|室|栋|幢|单元|组|弄|楼|座|户|社)")
_STREET = lazy_compile(
    r"^.*?(?:大道|大街|路|街|巷|胡同|道|镇|乡|村|社区|小区|[园苑庄屯湾里])(?=[^路街道]*?[0-9一二三四五六七八九十])"
)
_DISTRICT = lazy_compile(r"^.*[省市区县旗州]")
_HEADER = lazy_compile(r"^(?:家庭|现|详细|居住|户籍|户口所在)?(?:住址|居住地|家庭地址|户籍地址?|户口所在地)$")
_HEADER_ENDS = ("址", "地")
_MAX_HEADER_LENGTH = 10
_MAX_LENGTH = 60


def is_address(text: str) -> bool:
    """Return whether a text names a place and a house."""
    return bool(_PLACE.search(text)) and bool(_HOUSE.search(text))


def masked_address(text: str) -> str:
    """Return an address up to its street, or up to its district if no street is recognised."""
    text = text.strip()
    return text[: public_length(text)] + "***"


def public_length(address: str) -> int:
    """Return the length of an address's public part, up to its street, as notices publish it."""
    kept = _STREET.match(address) or _DISTRICT.match(address)
    return kept.end() if kept else 3


def addresses_in_cells(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, int, str]]:
    """Yield row, column and text of the cells below and beside a cell that says 家庭住址."""
    columns: set[int] = set()
    for number, row in enumerate(rows):
        beside = False
        for place, cell in enumerate(row):
            name = "".join(cell.split()) if len(cell) <= 2 * _MAX_HEADER_LENGTH else ""
            header = name.endswith(_HEADER_ENDS) and bool(_HEADER.match(name))
            if (beside or place in columns) and not header and is_address(cell[:_MAX_LENGTH]):
                yield number, place, cell
            beside = header
            if header:
                columns.add(place)


def address_findings(rows: tuple[tuple[str, ...], ...]) -> Iterator[Finding]:
    """Yield the home addresses in the cells of a table, masked."""
    for _, _, cell in addresses_in_cells(rows):
        yield Finding("home_address", masked_address(cell))
