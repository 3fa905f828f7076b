"""A review in the terminal: one candidate on the screen, one key a decision."""
