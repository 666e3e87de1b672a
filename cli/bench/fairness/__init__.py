"""How much one user's worst allowed load costs another."""
