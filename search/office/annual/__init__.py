"""The annual report of disclosure work: its form, held against itself, against other years and against other units."""
