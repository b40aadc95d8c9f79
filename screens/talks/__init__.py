"""The longer talks: the list, the page that opens filled in, and the reading of a signed one."""
