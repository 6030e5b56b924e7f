"""Number formats that a workbook names by number alone (ECMA-376 part 1, 18.8.30, with the list of zh-cn).

Those that the reader's own system decides (14 and 22, short dates) are not among them.
"""

from types import MappingProxyType

_TIMES = {
    "month": 'yyyy"年"m"月"',
    "day": 'm"月"d"日"',
    "morning": '上午/下午h"时"mm"分"',
    "exactly": '上午/下午h"时"mm"分"ss"秒"',
}

BUILT_IN = MappingProxyType(
    {
        **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
        **{5: '"¥"#,##0;"¥"-#,##0', 6: '"¥"#,##0;"¥"-#,##0', 7: '"¥"#,##0.00;"¥"-#,##0.00'},
        **{8: '"¥"#,##0.00;"¥"-#,##0.00', 12: "# ?/?", 13: "# ??/??"},
        **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss"},
        **{27: _TIMES["month"], 28: _TIMES["day"], 29: _TIMES["day"], 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"'},
        **{33: 'h"时"mm"分"ss"秒"', 34: _TIMES["morning"], 35: _TIMES["exactly"], 36: _TIMES["month"]},
        **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
        **{41: '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', 43: '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ '},
        42: '_ "¥"* #,##0_ ;_ "¥"* -#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
        44: '_ "¥"* #,##0.00_ ;_ "¥"* -#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
        **{45: "mm:ss", 46: "[h]:mm:ss", 48: "##0.0E+0"},
        **{50: _TIMES["month"], 51: _TIMES["day"], 52: _TIMES["month"], 53: _TIMES["day"], 54: _TIMES["day"]},
        **{55: _TIMES["morning"], 56: _TIMES["exactly"], 57: _TIMES["month"], 58: _TIMES["day"]},
    }
)
"""Codes by their number."""
