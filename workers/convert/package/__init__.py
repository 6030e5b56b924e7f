"""Packages office documents are stored in: zip archives of XML, and compound files (OLE)."""
