"""The monthly assessment of units (考核通报): counts, points by the office's rules file, the notice."""
