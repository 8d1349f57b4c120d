"""What may a page or a load cost? Ratios between ours and others', measured side by side in one run on one machine."""
