"""What is coming up for me."""
