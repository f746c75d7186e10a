"""The `engage` command: each verb parses its words, enters one partnership and calls a service. No rule lives here."""
