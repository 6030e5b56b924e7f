"""Forms found in any text: numbers, dates, organs, document numbers; reads no record."""
