"""Which judgements do sums and arrays allow? Nothing here opens a file, a socket or a lake."""
