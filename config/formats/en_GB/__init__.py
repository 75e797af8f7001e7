"""British English, with a 24-hour clock."""
