"""Records in and out as files: a start group from a spreadsheet, everything as JSON.

`preview(path, work, on=date)` says what a file would add and what is wrong with it, row by row;
`apply(store, preview, author)` saves it all or nothing. The forms are described by
`schema/start_group.schema.json` and `schema/interchange.schema.json`. Importing this room loads
neither tables nor openpyxl; its modules do when a file is read.
"""
