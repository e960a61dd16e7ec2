"""Looking at a packet before it is printed."""
