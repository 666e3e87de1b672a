"""What a person or a program sees while steps run."""
