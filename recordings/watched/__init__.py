"""What somebody really played of a recording: beats of the player, and the parts they cover."""
