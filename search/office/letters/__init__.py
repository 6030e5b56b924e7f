"""Letters of answer to applications for disclosure: their results by 条例第三十六条, counted by unit and year."""
