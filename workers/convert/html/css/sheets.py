"""What the style sheets inside a page say of being seen and numbered, written into its elements as inline style.

Only that, and only rules whose selectors are compounds of names and classes, one below the other; sheets beside the
page are not fetched, and of rules for media only those for a screen count. The cascade is that of CSS 2.2, 6.4: the
more specific rule wins, of equals the later, and inline style goes before all.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from lxml import etree

from workers.convert.html.css.counters import Numbering, number_elements
from workers.convert.html.style import declarations, is_on_paper

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AT_RULE = re.compile(r"@([a-z-]+)([^{};]*)(?:\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\}|;)", re.IGNORECASE)
# Of text in lower case: Python looks for the first letters of such alternations at once.
_HIDING = (
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?![.\d])|mso-hide|line-through|"
    r"font-size\s*:\s*0|text-indent\s*:\s*-|height\s*:\s*0(?![.\d])|width\s*:\s*0(?![.\d])|left\s*:\s*-\d{3}|"
    r"top\s*:\s*-\d{3}|vertical-align\s*:\s*su|color\s*:\s*transparent|scale\w{0,2}\(\s*0(?![.\d])|opacity\(\s*0(?![.\d])|"
    r"clip-path|rgba\([^)]*,\s*0\s*\)"
)
_NUMBERING = r"counter|content\s*:\s*(?:[\"'][^;\n]*[一-鿿]|[^;\n]*attr\()"
_PALE = r"(?<![\w-])color\s*:\s*(?:#f|white|rgba?\(\s*2[45])"
_LISTS = "list-style"
_MAY_TELL = re.compile(f"{_HIDING}|{_NUMBERING}|{_PALE}|{_LISTS}")
_COUNTS = re.compile(f"{_NUMBERING}|{_LISTS}")
_SHOWING = re.compile(r"display\s*:|visibility\s*:|opacity\s*:|font-size\s*:|height\s*:|color\s*:")
_WORD = re.compile(r"[\w-]+")
_KEPT = frozenset(
    {"display", "visibility", "opacity", "mso-hide", "list-style", "list-style-type", "text-decoration", "font-size"}
    | {"position", "left", "top", "right", "bottom", "clip", "text-indent", "height", "max-height", "width", "overflow"}
    | {"vertical-align", "text-decoration-line", "clip-path", "transform", "filter", "float", "color"}
    | {"-webkit-text-fill-color", "background-clip", "-webkit-background-clip", "content-visibility"}
)
_COMPOUND = re.compile(r"(\*|[a-z][a-z0-9]*)?((?:[.#][\w-]+)*)(?:::?(before|after))?", re.IGNORECASE)
_NAME = re.compile(r"([.#])([\w-]+)")
_NAMES = re.compile(r"[.#]([\w-]+)")
_NAMED = etree.XPath("descendant-or-self::*[@class or @id]")
_SMALL = 20_000  # characters; larger sheets say something of the kind always
_MOST_RULES = 10_000
_WIDTH = re.compile(r"\(\s*(min|max)-(?:device-)?width\s*:\s*(\d{1,5})(?:px)?\s*\)")
_SCREEN = 1280  # pixels
_MOST_BYTES = 1_000_000

_Look = tuple[str, str | None, str | None]  # what selectors tell an element by: its name, classes and id


@dataclass(frozen=True, slots=True)
class _Compound:
    tag: str
    classes: frozenset[str]
    ids: frozenset[str]

    def matches(self, element: etree._Element) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        if self.classes and not self.classes.issubset((element.get("class") or "").split()):
            return False
        return not self.ids or self.ids <= {element.get("id") or ""}


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, innermost compound first, with what it declares.

    ``generated`` is ``before`` or ``after`` of content that it generates; ``needed`` are names of the other compounds.
    """

    compounds: tuple[_Compound, ...]
    weight: tuple[int, int, int, int, int]
    said: dict[str, str]
    generated: str
    needed: frozenset[str]

    @property
    def is_named(self) -> bool:
        """Whether it is worth a look: 「.nav ul」 folds menus away, which are no text in any case."""
        first = self.compounds[0]
        return len(self.compounds) == 1 or bool(first.classes or first.ids)

    @property
    def names(self) -> frozenset[str]:
        """Names by which the innermost compound is told."""
        first = self.compounds[0]
        return first.classes | first.ids | ({first.tag} if first.tag else frozenset())

    def fits(self, element: etree._Element) -> bool:
        """Return whether the innermost compound is the element's."""
        return self.compounds[0].matches(element)

    def stands_at(self, element: etree._Element, ancestry: "_Ancestry") -> bool:
        """Return whether the other compounds stand above an element that the innermost one fits."""
        if len(self.compounds) == 1:
            return True
        at = element.getparent()
        if not self.needed <= ancestry.names(at):
            return False
        for compound in self.compounds[1:]:
            while at is not None and not compound.matches(at):
                at = at.getparent()
            if at is None:
                return False
            at = at.getparent()
        return True


class _Ancestry:
    """The classes and ids of elements and of all they stand in: most selectors fail for want of one of them."""

    def __init__(self) -> None:
        self._known: dict[etree._Element | None, frozenset[str]] = {None: frozenset()}

    def names(self, element: etree._Element | None) -> frozenset[str]:
        """Return the names of an element and of its ancestors."""
        pending, at = [], element
        while at not in self._known and at is not None:
            pending.append(at)
            at = at.getparent()
        names = self._known[at]
        for each in reversed(pending):
            own = _names_of(each)
            names = names.union(own) if own else names
            self._known[each] = names
        return names


def apply_sheets(root: etree._Element) -> None:
    """Write what the page's style sheets say into its elements, and the words and numbers they generate."""
    written = "\n".join("".join(map(str, sheet.itertext())) for sheet in root.iter("style"))[:_MOST_BYTES]
    if not written or (len(written) < _SMALL and _MAY_TELL.search(written.lower()) is None):
        return
    on_paper = "color" in written and is_on_paper(root)
    telling = _telling(on_paper=on_paper, lists=_LISTS in written and root.find(".//ol") is not None)
    # Most elements share their name and classes with others, and most of those are in no rule.
    named = cast("list[etree._Element]", _NAMED(root))
    names = frozenset(name for element in named for name in _names_of(element))
    indexed = _index(_rules(_in_force(written), names, telling))
    if not indexed:
        return
    numberings: dict[etree._Element, Numbering] = {}
    ancestry = _Ancestry()
    for look, elements in _alike(root, named, indexed).items():
        met = {rule.weight: rule for key in _keys(*look) for rule in indexed.get(key, ()) if rule.fits(elements[0])}
        found = [met[weight] for weight in sorted(met)]
        for element in elements if found else ():
            if applied := [rule for rule in found if rule.stands_at(element, ancestry)]:
                _apply(element, applied, numberings)
    if numberings:
        number_elements(root, numberings)


@cache
def _telling(*, on_paper: bool, lists: bool) -> re.Pattern[str]:
    """Return what tells of a page of this kind: pale letters are unseen only on paper, styles of lists need lists."""
    return re.compile("|".join((_HIDING, _NUMBERING, *([_PALE] if on_paper else []), *([_LISTS] if lists else []))))


def _names_of(element: etree._Element) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _alike(
    root: etree._Element, named: list[etree._Element], indexed: dict[str, list[_Rule]]
) -> dict[_Look, list[etree._Element]]:
    """Return the elements that a rule may select, by what selectors tell them by."""
    tags = [key for key in indexed if key[0] not in ".#*"]
    if "*" in indexed:
        found: Iterable[etree._Element] = root.iter(etree.Element)
    else:
        # A tag in a rule selects elements with and without names, so that those with names are met twice.
        found = dict.fromkeys((*named, *root.iter(*tags))) if tags else named
    alike: dict[_Look, list[etree._Element]] = defaultdict(list)
    for element in found:
        alike[str(element.tag), element.get("class"), element.get("id")].append(element)
    return alike


def _apply(element: etree._Element, rules: list[_Rule], numberings: dict[etree._Element, Numbering]) -> None:
    parts: dict[str, dict[str, str]] = {"": {}, "before": {}, "after": {}}
    for rule in rules:
        parts[rule.generated].update(rule.said)
    said = parts[""]
    numbering = Numbering.of(said, parts["before"], parts["after"])
    if numbering:
        numberings[element] = numbering
    style = ";".join(f"{name}:{value}" for name, value in said.items() if name in _KEPT)
    if style:
        element.set("style", f"{style};{element.get('style') or ''}")


def _in_force(written: str) -> str:
    """Return style sheets without comments, and of their at-rules what holds on a screen."""
    plain = _COMMENT.sub("", written) if "/*" in written else written
    plain = plain.replace("<!--", "").replace("-->", "") if "-->" in plain or "<!--" in plain else plain
    return _AT_RULE.sub(_on_screen, plain) if "@" in plain else plain


def _on_screen(rule: re.Match[str]) -> str:
    """Return the rules inside ``@media`` where they hold on a screen of 1280 pixels (Media Queries 4, 3 and 4.3)."""
    if rule[1].lower() != "media" or rule[3] is None:
        return ""
    return rule[3] if any(_is_screen(query) for query in rule[2].lower().split(",")) else ""


def _is_screen(query: str) -> bool:
    media, *features = (part.strip() for part in query.split("and"))
    if media.removeprefix("only").strip() not in {"screen", "all"}:
        features.append(media)
    widths = [_WIDTH.fullmatch(feature) for feature in features]
    return all(found and (int(found[2]) <= _SCREEN) == (found[1] == "min") for found in widths)


def _rules(plain: str, names: frozenset[str], telling: re.Pattern[str]) -> list[_Rule]:
    """Return the rules that hide or number, and those that show again what one of them hides.

    Args:
        plain: The rules in force.
        names: Every class and id of the page; a selector with another one selects nothing.
        telling: What a rule of the first kind declares, in lower case.
    """
    found: list[_Rule] = []
    showing: list[tuple[str, str, int]] = []
    for number, part in enumerate(plain.split("}", _MOST_RULES)[:_MOST_RULES]):
        selectors, _, written = part.rpartition("{")
        if "," not in selectors and not names.issuperset(_NAMES.findall(selectors)):
            continue
        body = written.lower()
        if telling.search(body):
            counts = _COUNTS.search(body) is not None
            found += (rule for rule in _split(selectors, written, number, names) if counts or rule.is_named)
        elif _SHOWING.search(body):
            showing.append((selectors, written, number))
    told = {name for rule in found for name in rule.names}
    wanted = (each for each in showing if not told.isdisjoint(_WORD.findall(each[0])))
    return [*found, *(rule for each in wanted for rule in _split(*each, names))]


def _split(selectors: str, body: str, number: int, names: frozenset[str]) -> Iterator[_Rule]:
    """Yield the rules of a list of selectors that can select anything."""
    places = [
        (place, selector)
        for place, selector in enumerate(selectors.split(","))
        if names.issuperset(_NAMES.findall(selector))
    ]
    said = declarations(body) if places else {}
    lower = {name.lower(): value if name == "content" else value.lower() for name, value in said.items()}
    for place, selector in places:
        if rule := _rule(selector.strip(), lower, (number, place)):
            yield rule


def _rule(selector: str, said: dict[str, str], order: tuple[int, int]) -> _Rule | None:
    found = [_COMPOUND.fullmatch(part) for part in selector.replace(">", " ").split()]
    last = found[-1] if found else None
    # What ends floats (「.clearfix::after」) stands in every page and shows nothing.
    if not last or not all(found) or any(match and match[3] for match in found[:-1]) or (last[3] and "clear" in said):
        return None
    compounds = tuple(_compound(match) for match in reversed(found) if match)
    weights = (
        sum(len(each.ids) for each in compounds),
        sum(len(each.classes) for each in compounds),
        sum(bool(each.tag) for each in compounds),
    )
    needed = frozenset(name for each in compounds[1:] for name in each.classes | each.ids)
    return _Rule(compounds, (*weights, *order), said, (last[3] or "").lower(), needed)


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


def _keys(tag: str, classes: str | None, identifier: str | None) -> Iterator[str]:
    yield "*"
    yield tag
    if identifier:
        yield f"#{identifier}"
    if classes:
        yield from (f".{name}" for name in dict.fromkeys(classes.split()))
