"""What the fields of a PDF form show (ISO 32000-2, 12.7) where the file holds no appearance that says so.

A choice has two names, the one that is sent and the one that is shown (12.7.5.4); a value may stand with the parent of
a field (12.7.4.1); a password shows stars (12.7.5.3), and a button no value at all.
"""

from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from workers.convert.pdf.strings import read_string

_CHOICES = frozenset({pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX})
_BUTTONS = frozenset(
    {pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
)
_PASSWORD = 1 << 13
_MOST_OPTIONS = 1_000


class Form:
    """The form of a document, opened when the first field is asked about; a context."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self._settings: Any = None
        self._handle: Any = None

    def __enter__(self) -> "Form":
        return self

    def __exit__(self, *_: object) -> None:
        if self._handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)

    def value_of(self, widget: Any) -> tuple[str, bool] | None:
        """Return the value of a field, and whether it is shown; None where the document's form has no such field.

        Args:
            widget: An annotation that shows a field, as PDFium has it.
        """
        if self._settings is None:
            self._settings = pdfium.FPDF_FORMFILLINFO(version=2)
            self._handle = pdfium.FPDFDOC_InitFormFillEnvironment(self._document.raw, self._settings)
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._handle, widget) if self._handle else -1
        if kind <= pdfium.FPDF_FORMFIELD_UNKNOWN:
            return None
        if kind in _BUTTONS:
            return "", True
        said = self._choices(widget) if kind in _CHOICES else []
        value = " ".join(said) or read_string(partial(pdfium.FPDFAnnot_GetFormFieldValue, self._handle, widget))
        hidden = pdfium.FPDFAnnot_GetFormFieldFlags(self._handle, widget) & _PASSWORD and kind not in _CHOICES
        return value, not hidden

    def _choices(self, widget: Any) -> list[str]:
        count = min(pdfium.FPDFAnnot_GetOptionCount(self._handle, widget), _MOST_OPTIONS)
        return [self._label(widget, index) for index in range(count) if self._is_chosen(widget, index)]

    def _is_chosen(self, widget: Any, index: int) -> bool:
        return bool(pdfium.FPDFAnnot_IsOptionSelected(self._handle, widget, index))

    def _label(self, widget: Any, index: int) -> str:
        return read_string(partial(pdfium.FPDFAnnot_GetOptionLabel, self._handle, widget, index))
