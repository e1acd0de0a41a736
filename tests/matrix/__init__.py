"""Who may do what: one line a route, one column a role, answers as letters."""
