"""When people are busy, by their own yes: times without titles, for coordinators who plan."""
