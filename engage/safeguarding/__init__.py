"""Is anyone in danger? Flags, their triage and escalation; receipts and the conversation that they open.

Receives what channels raise, by kind and id; it must never ask a channel who somebody is.
"""
