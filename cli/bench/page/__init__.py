"""What the page weighs, and how soon it paints what a person does."""
