"""Pages about units and supervisors. May import all floors below."""
