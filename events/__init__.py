"""Events: people, schools, plans and registrations."""
