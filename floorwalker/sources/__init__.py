"""Which systems can Floorwalker read? One folder each, found by folder; none knows another."""
