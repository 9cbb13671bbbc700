"""Forms of identification. They only read input."""
