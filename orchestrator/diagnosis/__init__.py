"""What is wrong with a release, from the cluster's own state: gathered, decided, told."""
