"""Forms that stand in any text: numbers, dates, organs, document numbers; no reader of a record."""
