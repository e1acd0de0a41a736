"""Operations on attendance: who was there, and reports of meeting services."""
