"""What the style sheets inside a page say of being seen and numbered, written into its elements as inline style.

Only that, and only rules whose selectors are compounds of names and classes, one below the other; sheets beside the
page are not fetched, rules for other media than the screen do not count. The cascade is that of CSS 2.2, 6.4: the more
specific rule wins, of equals the later, and inline style goes before all.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workers.convert.html.counters import Numbering, number_elements
from workers.convert.html.style import declarations

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_MEDIA = re.compile(r"@[a-z-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}|@[a-z-]+[^{};]*;", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{1,4000})\}")
_TELLING = re.compile(
    r"display|visibility|opacity|mso-hide|list-style|counter|line-through|font-size\s*:\s*0|text-indent\s*:\s*-|"
    r"(?:height|width)\s*:\s*0|(?:left|top)\s*:\s*-",
    re.IGNORECASE,
)
_KEPT = frozenset(
    {"display", "visibility", "opacity", "mso-hide", "list-style", "list-style-type", "text-decoration", "font-size"}
    | {"position", "left", "top", "right", "bottom", "clip", "text-indent", "height", "max-height", "width", "overflow"}
)
_COMPOUND = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)(::?before)?", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_MOST_RULES = 2000
_MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def matches(self, element: etree._Element) -> bool:
        if self.tag not in {"", element.tag}:
            return False
        own = frozenset((element.get("class") or "").split()) if self.classes else frozenset[str]()
        return self.classes <= own and self.ids <= {element.get("id") or ""}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, innermost compound first, with what it declares; ``before`` for the generated content before."""

    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int]
    said: dict[str, str]
    before: bool

    def matches(self, element: etree._Element) -> bool:
        first, *above = self.compounds
        if not first.matches(element):
            return False
        at = element.getparent()
        for compound in above:
            while at is not None and not compound.matches(at):
                at = at.getparent()
            if at is None:
                return False
            at = at.getparent()
        return True


def apply_sheets(root: etree._Element) -> None:
    """Write what the page's style sheets say into its elements, and the numbers they generate before them."""
    text = "\n".join("".join(map(str, sheet.itertext())) for sheet in root.iter("style"))[:_MOST_BYTES]
    rules = list(_rules(text)) if _TELLING.search(text) else []
    if not rules:
        return
    indexed = _index(rules)
    numberings: dict[etree._Element, Numbering] = {}
    for element in root.iter(etree.Element):
        met = [rule for key in _keys(element) for rule in indexed.get(key, ()) if rule.matches(element)]
        if met:
            _apply(element, sorted(met, key=lambda rule: rule.weight), numberings)
    if numberings:
        number_elements(root, numberings)


def _apply(element: etree._Element, rules: list[_Rule], numberings: dict[etree._Element, Numbering]) -> None:
    said: dict[str, str] = {}
    before: dict[str, str] = {}
    for rule in rules:
        (before if rule.before else said).update(rule.said)
    numbering = Numbering.of(said, before)
    if numbering:
        numberings[element] = numbering
    style = ";".join(f"{name}:{value}" for name, value in said.items() if name in _KEPT)
    if style:
        element.set("style", f"{style};{element.get('style') or ''}")


def _rules(text: str) -> Iterator[_Rule]:
    plain = _MEDIA.sub("", _COMMENT.sub("", text))
    for number, found in enumerate(_RULE.finditer(plain)):
        if number >= _MOST_RULES:
            return
        if not _TELLING.search(found[2]) and "before" not in found[1]:
            continue
        said = declarations(found[2])
        lower = {name.lower(): value if name == "content" else value.lower() for name, value in said.items()}
        for selector in found[1].split(","):
            if rule := _rule(selector.strip(), lower, number):
                yield rule


def _rule(selector: str, said: dict[str, str], number: int) -> _Rule | None:
    parts = selector.replace(">", " ").split()
    found = [_COMPOUND.fullmatch(part) for part in parts]
    if not parts or not all(found) or any(match and match[3] for match in found[:-1]):
        return None
    compounds = tuple(_compound(match) for match in reversed(found) if match)
    weights = (
        sum(len(each.ids) for each in compounds),
        sum(len(each.classes) for each in compounds),
        sum(bool(each.tag) for each in compounds),
    )
    last = found[-1]
    return _Rule(compounds, (*weights, number), said, before=bool(last and last[3]))


def _compound(match: re.Match[str]) -> _Compound:
    names = _NAME.findall(match[2])
    tag = (match[1] or "").lower()
    return _Compound(
        "" if tag == "*" else tag,
        frozenset(name for mark, name in names if mark == "."),
        frozenset(name for mark, name in names if mark == "#"),
    )


def _index(rules: list[_Rule]) -> dict[str, list[_Rule]]:
    indexed: dict[str, list[_Rule]] = defaultdict(list)
    for rule in rules:
        first = rule.compounds[0]
        key = f"#{min(first.ids)}" if first.ids else f".{min(first.classes)}" if first.classes else first.tag or "*"
        indexed[key].append(rule)
    return indexed


def _keys(element: etree._Element) -> Iterator[str]:
    yield "*"
    yield str(element.tag)
    if identifier := element.get("id"):
        yield f"#{identifier}"
    if classes := element.get("class"):
        yield from (f".{name}" for name in dict.fromkeys(classes.split()))
