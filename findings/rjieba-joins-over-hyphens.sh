#!/bin/bash
# rjieba keeps a date, a standard's number or a telephone number with hyphens as one word; jieba parts it.
#
# Guess before running it: rjieba.cut() gives the words of jieba.lcut(), so that the one can take the place of the other
# over an existing index: its README shows the same calls and compares only their speed, and jieba-rs, which it binds,
# calls itself "The Jieba Chinese Word Segmentation Implemented in Rust".
# Seen: Chinese words and decimals agree, but jieba parts at a hyphen and rjieba joins over it:
# "2019-03-05" is one word, so a search for 2019 no longer meets it; so is "9704-2012" of "GB/T 9704-2012". A point
# between letters and an underscore join likewise (gov.cn, a_b).
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check jieba==0.42.1 rjieba==0.2.2
cat > "$folder/try.py" <<'P'
import sys
from importlib.metadata import version

import jieba
import rjieba

jieba.setLogLevel(60)
SAME = ["关于印发政务公开工作要点的通知", "国办发〔2019〕14号", "浓度12.5%"]
OTHER = {
    "2019-03-05": (["2019", "-", "03", "-", "05"], ["2019-03-05"]),
    "GB/T 9704-2012": (["GB", "/", "T", " ", "9704", "-", "2012"], ["GB", "/", "T", " ", "9704-2012"]),
    "联系电话010-12345678": (["联系电话", "010", "-", "12345678"], ["联系电话", "010-12345678"]),
    "a_b@gov.cn": (["a", "_", "b", "@", "gov", ".", "cn"], ["a_b", "@", "gov.cn"]),
}


def words(text):
    return jieba.lcut(text), list(rjieba.cut(text))


print(f"jieba {version('jieba')}, rjieba {version('rjieba')}, Python {sys.version.split()[0]}")
for text in (*SAME, *OTHER):
    print(f"{text}: jieba {' | '.join(words(text)[0])}, rjieba {' | '.join(words(text)[1])}")
same = all(len(set(map(tuple, words(text)))) == 1 for text in SAME)
sys.exit(0 if same and all(words(text) == seen for text, seen in OTHER.items()) else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
