"""Counting articles where very many rows match: those of one article in ``ONE_IN`` are counted.

The numbers of articles are hashes, so that the lowest of them are a fair sample.
"""

ONE_IN = 16
# Numbers of articles in the sample are below this; see ``search.results.row_keys.hash63``.
BELOW = 2**63 // ONE_IN
# Of a sample with fewer articles than this nothing is concluded.
ENOUGH = 60
SAMPLED = f"命中的章节很多，总数和分面数字是按每{ONE_IN}份文件抽取一份得出的估计值。"
