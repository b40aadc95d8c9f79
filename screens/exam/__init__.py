"""Pages about the kunskapsprov (eAT). May import all floors below."""
