"""The deployment half: from source to a verified release on Kubernetes, every artefact judged before use."""
