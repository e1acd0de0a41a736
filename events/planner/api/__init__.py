"""Operations that plan: events, parts, series."""
