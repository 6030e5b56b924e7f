"""Catalogues beside that of 条例第二十条: the office's columns, guides, standard catalogues."""
