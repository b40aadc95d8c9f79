"""Education: what a training holds beside the clinic, one by one or a whole group at a time.

`entries` holds a form to its rules, `courses` reads the named courses of a programme, `sums` adds
up, `plan` holds the sums against the programme, `occasions` keeps one occasion for many. No
screen, and no table until records are read.
"""
