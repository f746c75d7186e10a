"""The database's history, numbered. `upgrade` brings a database to the newest step; nothing else changes tables."""
