"""Operations on what is said: captions, chapters, finding words."""
