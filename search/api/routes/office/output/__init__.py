"""Operations that write documents out: gazette, metadata."""
