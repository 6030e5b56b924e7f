"""The document number of a letterhead whose red head was made as a page header (GB/T 9704-2012, 10.1).

Page headers are no part of the text, but this line of one is what a document is cited by.
"""

import re
from dataclasses import replace

from schemas.blocks import Block, Converted

_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,20}(?:\d{1,2})?\s?[〔﹝\[［（(【]\s?(?:19|20)\d{2}\s?[〕﹞\]］）)】]\s?第?\s?\d{1,5}\s?号"
)
_PARTS = re.compile(r"\s{2,}|[\t\n]")


def with_number(converted: Converted) -> Converted:
    """Return the document with the number that stands in a page header, and nowhere in its text, as its first line."""
    headers = [block for block in converted.blocks if block.role == "header" and (block.page or 1) == 1]
    if not headers:
        return converted
    found = next(
        (part for block in headers for part in _PARTS.split(block.text) if _NUMBER.fullmatch(part.strip())), ""
    )
    squeezed = "".join(found.split())
    if not found or any(squeezed in "".join(block.text.split()) for block in converted.blocks if block.role == "body"):
        return converted
    first = next((index for index, block in enumerate(converted.blocks) if block.role != "header"), 0)
    page = headers[0].page
    line = Block(found.strip(), page=page)
    return replace(converted, blocks=(*converted.blocks[:first], line, *converted.blocks[first:]))
