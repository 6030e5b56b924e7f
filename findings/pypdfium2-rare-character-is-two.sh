#!/bin/bash
# In pypdfium2 a character beyond U+FFFF (𬎆, in a person's name) is two characters, and read one by one it is none.
#
# Guess before running it: count_chars() is 3 for 中𬎆中, as len() of the text, and get_text_range(1, 1) gives 𬎆. Its
# documentation says that count_chars returns "the number of characters on the text page" and that get_text_range takes
# the index of the first and the "number of chars to cover"; it also warns that the method "is limited to UCS-2", by which
# one would expect the character to be missing from the whole text, too, or a half of it to come out.
# Seen: count_chars() is 4, since PDFium counts UTF-16 units. get_text_range(1, 1) and (2, 1) are both empty, (0, 2) ends
# before the character, and nothing is raised: whoever walks a page by its characters, to place each by get_charbox (the
# boxes of both halves are the same), loses the name. The whole text, get_text_range(), has it.
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check pypdfium2==5.15.2
cat > "$folder/try.py" <<'P'
import sys
from importlib.metadata import version

import pypdfium2

NAME, PLAIN = "\U0002c386", "中"
TO_UNICODE = (
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
    "1 begincodespacerange <00> <FF> endcodespacerange\n"
    f"2 beginbfchar <41> <{NAME.encode('utf-16-be').hex()}> <42> <{PLAIN.encode('utf-16-be').hex()}> endbfchar\n"
    "endcmap end end"
).encode()
CONTENT = b"BT /F1 24 Tf 72 700 Td (BAB) Tj ET"
OBJECTS = [
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(CONTENT), CONTENT),
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
    b"<</Length %d>>stream\n%s\nendstream" % (len(TO_UNICODE), TO_UNICODE),
]
file = bytearray(b"%PDF-1.4\n")
places = []
for number, body in enumerate(OBJECTS, 1):
    places.append(len(file))
    file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
table = len(file)
file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(OBJECTS) + 1)
file += b"".join(b"%010d 00000 n \n" % place for place in places)
file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(OBJECTS) + 1, table)

text = pypdfium2.PdfDocument(bytes(file))[0].get_textpage()
count, whole = text.count_chars(), text.get_text_range()
single = [text.get_text_range(place, 1) for place in range(count)]
boxes = [text.get_charbox(place) for place in range(count)]
print(f"pypdfium2 {version('pypdfium2')}, PDFium {pypdfium2.PDFIUM_INFO.build}, Python {sys.version.split()[0]}")
print(f"whole text {whole!r} of {len(whole)} characters, count_chars {count}, one by one {single!r}")
print(f"first two {text.get_text_range(0, 2)!r}, boxes of the halves equal: {boxes[1] == boxes[2]}")
same = whole == PLAIN + NAME + PLAIN and count == 4 and single == [PLAIN, "", "", PLAIN]
sys.exit(0 if same and text.get_text_range(0, 2) == PLAIN and boxes[1] == boxes[2] else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
