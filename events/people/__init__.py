"""Who somebody is: accounts, languages, identifiers, grants and sign-in."""
