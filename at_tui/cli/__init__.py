"""The command line: every word but none is a command that needs no terminal screen.

One module per command, imported only when its word is given; each has `arguments(parser)` and
`run(options) -> int`, which returns the exit code or raises a Fault that carries it. May import
what at_tui may; nothing here imports tables, documents or Textual at the top.
"""
