"""The gate of a Dockerfile."""
