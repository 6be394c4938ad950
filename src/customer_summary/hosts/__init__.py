"""Who runs it: hosts that keep states and feed events."""
