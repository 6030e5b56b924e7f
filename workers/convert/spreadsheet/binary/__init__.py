"""The binary formats of Excel: records of an xls ([MS-XLS]) and of an xlsb ([MS-XLSB])."""
