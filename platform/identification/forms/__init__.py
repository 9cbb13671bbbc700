"""Parts of identification."""
