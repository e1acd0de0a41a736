"""What is said in recordings: captions, transcripts, chapters, and finding a word in them."""
