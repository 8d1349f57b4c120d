"""Welsh dates as the product writes them."""
