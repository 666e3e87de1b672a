"""The audit log's hash chains beyond one checkout: their heads signed and anchored, their entries published."""
