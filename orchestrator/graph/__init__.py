"""Steps, what they need, and running them side by side."""
