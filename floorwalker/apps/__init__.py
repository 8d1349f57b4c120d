"""Where do people decide and act? One folder a bounded context, read from people to dashboards."""
