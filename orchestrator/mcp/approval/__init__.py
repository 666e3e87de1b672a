"""A person's word for what a change would do, and nothing else."""
