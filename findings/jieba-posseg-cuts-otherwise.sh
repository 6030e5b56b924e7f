#!/bin/bash
# jieba.posseg cuts a text into other words than jieba itself, so its tags do not fit the words of an index.
#
# What an expert expects: posseg.lcut() gives the words of lcut(), each with its part of speech. The README says so:
# "标注句子分词后每个词的词性" (tags each word of the sentence after it is segmented).
# Seen: posseg does not tag the words of lcut(); it is a second segmenter with patterns and a hidden Markov model of its
# own. It parts the percent sign from its number, "PM2.5" at its point, and a name unknown to the dictionary into single
# characters (杭研, the README's own example of a new word that is recognised).
# Ends with 1 where that has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q --disable-pip-version-check jieba==0.42.1
cat > "$folder/try.py" <<'P'
import sys
from importlib.metadata import version

import jieba
import jieba.posseg

jieba.setLogLevel(60)
SAME = "关于印发政务公开工作要点的通知"
OTHER = {
    "增长12.5%": (["增长", "12.5%"], ["增长", "12.5", "%"]),
    "PM2.5浓度": (["PM2.5", "浓度"], ["PM2", ".5", "浓度"]),
    "他来到了网易杭研大厦": (
        ["他", "来到", "了", "网易", "杭研", "大厦"],
        ["他", "来到", "了", "网易", "杭", "研", "大厦"],
    ),
}


def words(text):
    return jieba.lcut(text), [word for word, _ in jieba.posseg.lcut(text)]


print(f"jieba {version('jieba')}, Python {sys.version.split()[0]}")
for text in (SAME, *OTHER):
    plain, tagged = words(text)
    print(f"{text}: lcut {'/'.join(plain)}, posseg.lcut {'/'.join(tagged)}")
same = words(SAME)
sys.exit(0 if same[0] == same[1] and all(words(text) == seen for text, seen in OTHER.items()) else 1)
P
"$folder/venv/bin/python" "$folder/try.py"
