"""Tags of the pages with figures."""
