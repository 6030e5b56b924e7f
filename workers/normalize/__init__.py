"""Cleans the text of a converted document: one small file per repair; this module defines their order.

A repair is a function from ``Draft`` to ``Draft``. It removes only what it is certain of, records each removal, and
marks what the source lost; it never guesses. Titles (repeated ones too), sections and dates are left to the extract
stage.
"""

from collections.abc import Callable, Set
from dataclasses import replace

from schemas.blocks import Converted
from schemas.cleaned import Normalized
from workers.normalize.characters.doubled_marks import remove_doubled_marks
from workers.normalize.characters.entities import resolve_references
from workers.normalize.characters.lost_marks import repair_lost_marks
from workers.normalize.characters.mojibake import mark_lost_characters, undo_mojibake
from workers.normalize.characters.pinyin import remove_pinyin
from workers.normalize.characters.script import simplify_text, tell_script
from workers.normalize.characters.shifted_bytes import repair_shifted_bytes
from workers.normalize.characters.spaces import tidy_spaces
from workers.normalize.characters.unseen import plain_forms, remove_unseen, split_breaks, trim
from workers.normalize.chrome.binding_margin import remove_binding_margin
from workers.normalize.chrome.breadcrumb import take_breadcrumb
from workers.normalize.chrome.buttons import remove_buttons
from workers.normalize.chrome.document_site import remove_document_site
from workers.normalize.chrome.foreign_lines import remove_foreign_lines
from workers.normalize.chrome.inline_chrome import split_inline_chrome
from workers.normalize.chrome.learnt import remove_learnt
from workers.normalize.chrome.meta_head import take_meta_head
from workers.normalize.chrome.page_numbers import remove_page_number_lines, remove_page_numbers_inside
from workers.normalize.chrome.publish_line import take_publish_lines
from workers.normalize.chrome.related import remove_related
from workers.normalize.chrome.running_heads import remove_running_heads
from workers.normalize.chrome.spam import remove_spam
from workers.normalize.draft.from_blocks import open_draft, remove_by_role
from workers.normalize.draft.sheet import Draft
from workers.normalize.draft.to_artefact import close_draft
from workers.normalize.line_breaks.indents import split_indents
from workers.normalize.line_breaks.joins import join_broken_lines
from workers.normalize.line_breaks.truncation import report_truncation

VERSION = 5

Step = Callable[[Draft], Draft]

WHOLE_LINES: tuple[Step, ...] = (
    remove_by_role,
    # Repairs of characters, while their original bytes can still be derived.
    undo_mojibake,
    resolve_references,
    remove_unseen,
    tell_script,
    remove_pinyin,
    remove_foreign_lines,
    repair_shifted_bytes,
    plain_forms,
    remove_doubled_marks,
    split_breaks,
    split_indents,
    simplify_text,
    # From here on every pattern is written in simplified characters only.
    repair_lost_marks,
    # Repairs that remove whole lines around the text.
    remove_binding_margin,
    remove_spam,
    take_meta_head,
    split_inline_chrome,
    remove_related,
    take_breadcrumb,
    remove_document_site,
    take_publish_lines,
    remove_buttons,
    remove_running_heads,
    remove_page_number_lines,
)
RUNNING_TEXT: tuple[Step, ...] = (
    remove_page_numbers_inside,
    trim,
    join_broken_lines,
    tidy_spaces,
    mark_lost_characters,
    report_truncation,
)


STEPS = WHOLE_LINES + RUNNING_TEXT


def normalize(converted: Converted, *, furniture: Set[str] = frozenset()) -> Normalized:
    """Return the clean text of a document, with the record of removals and damages.

    Args:
        converted: The document.
        furniture: Lines that people confirmed to be page furniture of its source, as ``learnt.line_form`` has them.
    """
    draft = open_draft(converted)
    for step in WHOLE_LINES:
        draft = step(draft)
    if furniture:
        draft = remove_learnt(draft, furniture)
    for step in RUNNING_TEXT:
        draft = step(draft)
    return replace(close_draft(draft), unseen=converted.unseen)
