"""Which provision of the newer version took the place of which of the older: by number, then by likeness of words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from schemas.office.comparison import Difference, Marks, Provision, ProvisionPair
from search.query.numbers.numerals import number as value_of
from search.query.segmenter import tokenize

# Share of common words from which two provisions are versions of one; below it, one was removed and another added.
LIKE = 0.5
_CANDIDATES = 5
# Words of a provision from which frequent words are passed over in matching.
_LONG = 2000

Token = tuple[str, int, int]


def compare_provisions(old: Sequence[Provision], new: Sequence[Provision]) -> list[ProvisionPair]:
    """Return all provisions of both versions in pairs, in the order of the newer; a removed one follows its neighbour.

    Args:
        old: Provisions of the older version.
        new: Provisions of the newer version.
    """
    old_words, new_words = [_tokens(one.text) for one in old], [_tokens(one.text) for one in new]
    partner = dict(_by_number(old, new, old_words, new_words))
    partner |= _by_likeness(old_words, new_words, partner)
    return list(_in_order(old, new, old_words, new_words, partner))


def _tokens(text: str) -> list[Token]:
    return [token for token in tokenize(text) if not token[0].isspace()]


def _words(tokens: Sequence[Token]) -> list[str]:
    return [word for word, _, _ in tokens]


def _matcher(old: Sequence[Token], new: Sequence[Token]) -> SequenceMatcher[str]:
    """Return a matcher of words; in long texts frequent ones do not begin a match, or it would take quadratic time."""
    long = max(len(old), len(new)) > _LONG
    return SequenceMatcher(None, _words(old), _words(new), autojunk=long)


def _likeness(old: Sequence[Token], new: Sequence[Token]) -> float:
    """Return the share of common words in order, 0 to 1; 0 if it cannot reach ``LIKE``."""
    matcher = _matcher(old, new)
    return matcher.ratio() if matcher.real_quick_ratio() >= LIKE and matcher.quick_ratio() >= LIKE else 0.0


def _key(number: str) -> tuple[int | None, str]:
    """Return what numbers are compared by: 第十二条 and 第12条 are one."""
    written = number.strip("第编章节条、()（）.．")
    value = value_of(written)
    return value, number[-1:] if value is not None else number


def _by_number(
    old: Sequence[Provision],
    new: Sequence[Provision],
    old_words: Sequence[Sequence[Token]],
    new_words: Sequence[Sequence[Token]],
) -> Iterator[tuple[int, int]]:
    """Yield the ordinals of old and new provisions of one number that are alike."""
    places: dict[tuple[int | None, str], list[int]] = defaultdict(list)
    for place, one in enumerate(new):
        places[_key(one.number)].append(place)
    for place, one in enumerate(old):
        for candidate in places[_key(one.number)]:
            if _likeness(old_words[place], new_words[candidate]) >= LIKE:
                places[_key(one.number)].remove(candidate)
                yield place, candidate
                break


def _by_likeness(
    old: Sequence[Sequence[Token]], new: Sequence[Sequence[Token]], partner: dict[int, int]
) -> dict[int, int]:
    """Return pairs of what has no partner yet, the most alike first."""
    taken = set(partner.values())
    holding: dict[str, list[int]] = defaultdict(list)
    for place in range(len(new)):
        for word in set(_words(new[place])) if place not in taken else ():
            holding[word].append(place)
    scored = []
    for place in range(len(old)):
        if place not in partner:
            shared = Counter(candidate for word in set(_words(old[place])) for candidate in holding[word])
            for candidate, _ in shared.most_common(_CANDIDATES):
                scored.append((_likeness(old[place], new[candidate]), -place, -candidate))
    found: dict[int, int] = {}
    for likeness, place, candidate in sorted(scored, reverse=True):
        if likeness >= LIKE and -place not in found and -candidate not in taken:
            found[-place] = -candidate
            taken.add(-candidate)
    return found


def _in_order(
    old: Sequence[Provision],
    new: Sequence[Provision],
    old_words: Sequence[Sequence[Token]],
    new_words: Sequence[Sequence[Token]],
    partner: dict[int, int],
) -> Iterator[ProvisionPair]:
    behind: dict[int, list[int]] = defaultdict(list)
    neighbour = -1
    for place in range(len(old)):
        neighbour = partner.get(place, neighbour)
        if place not in partner:
            behind[neighbour].append(place)
    origin = {candidate: place for place, candidate in partner.items()}
    yield from (ProvisionPair(Difference.REMOVED, old[gone], None) for gone in behind[-1])
    for place, one in enumerate(new):
        if place in origin:
            before = origin[place]
            yield _pair(old[before], one, old_words[before], new_words[place])
        else:
            yield ProvisionPair(Difference.ADDED, None, one)
        yield from (ProvisionPair(Difference.REMOVED, old[gone], None) for gone in behind[place])


def _pair(old: Provision, new: Provision, old_words: Sequence[Token], new_words: Sequence[Token]) -> ProvisionPair:
    if _words(old_words) == _words(new_words):
        same = _key(old.number) == _key(new.number)
        return ProvisionPair(Difference.SAME if same else Difference.RENUMBERED, old, new)
    matcher = _matcher(old_words, new_words)
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    old_marks = _marks(old_words, [(start, end) for _, start, end, _, _ in changes])
    new_marks = _marks(new_words, [(start, end) for _, _, _, start, end in changes])
    return ProvisionPair(Difference.CHANGED, old, new, old_marks, new_marks)


def _marks(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> Marks:
    return tuple((tokens[start][1], tokens[end - 1][2]) for start, end in spans if end > start)
