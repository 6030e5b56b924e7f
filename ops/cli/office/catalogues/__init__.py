"""Commands on catalogues beside that of 条例第二十条: columns, guide, standard."""
