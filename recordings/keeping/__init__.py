"""What becomes of recordings: who agreed, what is cut out, how long they are kept."""
