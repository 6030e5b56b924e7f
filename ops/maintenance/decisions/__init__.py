"""What people decided, kept in the derived store: releases and holds, saved searches, what was removed on purpose."""
