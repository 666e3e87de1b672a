"""Where a release goes: minikube, kind, or a named kube context."""
