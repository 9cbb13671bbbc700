"""What is done in identification."""
