"""Lists of schools and people as they come: tables of any origin, understood column by column."""
