"""The fee for applications beyond a reasonable number (国办函〔2020〕109号)."""
