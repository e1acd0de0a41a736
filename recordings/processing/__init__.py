"""Making smaller: sizes of recordings for watching and downloading, as jobs."""
