"""`manage.py demo`: the 2022 World Cup, eight honest forecasters, and the last match scored before your eyes."""
