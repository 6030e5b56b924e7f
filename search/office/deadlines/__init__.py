"""Deadlines of the 条例 in working days: publication, answers, completions, opinions of third parties."""
