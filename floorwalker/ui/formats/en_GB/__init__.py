"""English dates as the product writes them."""
