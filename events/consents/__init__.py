"""What people agreed to, in which version of the text, and when they took it back."""
