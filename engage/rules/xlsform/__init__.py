"""Surveys from and to XLSForm workbooks (xlsform.org), as far as both can say the same.

Pure: bytes in, a definition or the complete list of what does not fit out. No formula is ever calculated.
"""
