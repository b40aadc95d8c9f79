"""The trainee's own archive: a folder with PDF, HTML and JSON that opens without the programme.

`gather.files_of` makes every file, `folder.write_archive` writes the folder whole or not at all,
`folder.check_archive` reads it back against its list of checksums. May import `data`, `schema` and
`at_tui`.
"""
