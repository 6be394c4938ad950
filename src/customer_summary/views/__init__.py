"""What people see: the page as one value, in four languages."""
