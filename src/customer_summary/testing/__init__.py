"""What holds: strategies and laws, for these tests and for those of a host."""
