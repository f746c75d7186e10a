"""`engage serve`: one parent process that watches two children, the web server and the worker. No rule, no page."""
