"""Sample the counts of articles if very many rows match: one article in ``ONE_IN`` is counted.

Article keys are hashes, so the lowest of them are a uniform sample.
"""

ONE_IN = 16
# Keys of the articles in the sample are below this; see ``search.results.row_keys.hash63``.
BELOW = 2**63 // ONE_IN
# A sample with fewer articles than this is too small for an estimate.
ENOUGH = 60
SAMPLED = f"命中的章节很多，总数和分面数字是按每{ONE_IN}份文件抽取一份得出的估计值。"
