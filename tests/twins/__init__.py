"""What the rules and their twin in the browser must agree on: one table of cases, read by both."""
