"""Tables: one file each. Importing this package imports SQLModel (0.6 to 1.2 s): keep it out
of modules that the screens or the command line need at import."""
