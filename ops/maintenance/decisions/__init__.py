"""People's decisions, in the derived store: releases and holds, saved searches, marks of removals."""
