"""The filled form as a file: docx, html or JSON."""

import json
from collections.abc import Callable

from schemas.codec import as_json
from schemas.office.applications import FilledForm
from search.office.form.docx_file import docx_bytes
from search.office.form.html_page import html_page

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
}
_WRITERS: dict[str, Callable[[FilledForm], bytes]] = {
    "docx": docx_bytes,
    "html": lambda form: html_page(form).encode(),
    "json": lambda form: json.dumps(as_json(form), ensure_ascii=False, indent=2).encode(),
}


def form_bytes(form: FilledForm, suffix: str) -> bytes:
    """Return the form as a file of a format.

    Raises:
        KeyError: The format is none of ``MEDIA_TYPES``.
    """
    return _WRITERS[suffix](form)
