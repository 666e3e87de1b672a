"""The gate of a Kubernetes manifest."""
