"""What pages keep besides the database."""
