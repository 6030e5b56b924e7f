"""What the groups of an RTF are for: stories, tables of fonts and styles, and what holds no text (RTF 1.9.1)."""

from schemas.blocks import Role

# Starred destinations are passed over unless named here; others are read unless named in SILENT.
READ_STARRED = {"shpinst", "footnote", "annotation", "ud", "do", "nesttableprops", "moMath", "moMathPara"}
SILENT = {
    *("pict", "object", "fldinst", "colortbl", "listtable", "revtbl", "rsidtbl", "xmlnstbl", "xe", "tc"),
    *("txe", "shprslt", "nonshppict", "nonesttables", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
    *("listoverridetable", "pntxta", "pntxtb", "themedata", "datastore", "sp", "formfield", "bkmkstart", "bkmkend"),
    *("atnid", "atnauthor", "rxe", "filetbl", "fontemb", "fontfile", "panose", "falt", "pgdsctbl", "template"),
}
STORIES: dict[str, Role] = {
    **{"footnote": "footnote", "shptxt": "textbox", "dptxbxtext": "textbox", "annotation": "hidden"},
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}
DESTINATIONS = {
    **{"fonttbl": "fonts", "stylesheet": "styles", "info": "info", "listtext": "label", "pntext": "label"},
}
