"""From readings to sizes, and from two measurements to a verdict. Pure."""
