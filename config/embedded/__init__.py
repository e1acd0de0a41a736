"""PostgreSQL and Valkey from their wheels, and the supervisor that keeps everything running."""
