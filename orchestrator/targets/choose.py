"""From the options to a target."""

from orchestrator.errors import EnvironmentMissingError
from orchestrator.options import Options
from orchestrator.targets.base import Target
from orchestrator.targets.context import Context
from orchestrator.targets.kind import Kind
from orchestrator.targets.minikube import Minikube


def target_of(options: Options) -> Target:
    """The target that the options name. Raises EnvironmentMissingError for `context` without a name."""
    if options.target == "minikube":
        return Minikube(options.profile, options.namespace)
    if options.target == "kind":
        return Kind(options.profile, options.namespace, options.home)
    if not options.context:
        raise EnvironmentMissingError(
            "no kube context was named.",
            remedy="Name one: --target context --context NAME; the current one is never used.",
        )
    return Context(options.context, options.namespace, options.registry)
