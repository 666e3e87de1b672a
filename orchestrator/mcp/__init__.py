"""`infra-orchestrator`: the deployment as tools for an agent, over the Model Context Protocol."""
