"""Pages about the development account and paid leave. May import all floors below."""
