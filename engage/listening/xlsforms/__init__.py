"""Surveys from XLSForm workbooks and to them. An import begins a working copy through `making`; owns no tables."""
