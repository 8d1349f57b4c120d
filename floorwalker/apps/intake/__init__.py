"""What came in? Sources, loads with their receipts, rows that wait for repair, and reading again."""
