"""Operations on certificates, statements, numbers, and what watching has earned."""
