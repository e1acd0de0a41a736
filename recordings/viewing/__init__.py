"""What people see of recordings: the catalogue, the player's page, and the files behind tickets."""
