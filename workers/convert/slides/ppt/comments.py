"""Review comments on a slide, which no slide shows: [MS-PPT] 2.5.23 (tags of programs) and 2.12.1 (comments)."""

from collections.abc import Iterator

from workers.convert.slides.ppt.records import Record, inside, walk

_TAG_DATA, _COMMENT, _STRING = 5003, 12000, 4026
_SAID = 1  # the string that is the comment; 0 is its author, 2 the author's initials


def read_comments(data: bytes, slide: Record) -> Iterator[str]:
    """Yield what each comment on a slide says; nothing of one that is blank."""
    for tag in walk(data, slide):
        if tag.kind != _TAG_DATA:
            continue
        for comment in inside(data, tag):
            if comment.kind == _COMMENT:
                strings = (part for part in inside(data, comment) if part.kind == _STRING and part.instance == _SAID)
                texts = (data[part.start : part.end].decode("utf-16-le", "replace") for part in strings)
                yield from (text for text in texts if text.strip())
