"""A trainee's page: one file for each tab. May import everything below the screens."""
