"""Printed documents: a plain value object in, the bytes of a PDF out.

The only room that imports reportlab, which costs some 0.2 s: import its modules inside the
function that prints. May import `data` (for the fonts' folder) and `schema`; reads no database
and no clock. The same value object gives the same bytes.
"""
