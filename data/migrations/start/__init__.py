"""The tables of the first schema, by room. Never changed once a version has been released."""
