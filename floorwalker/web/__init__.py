"""How is the installation served: settings, addresses and the entry for the web server."""
