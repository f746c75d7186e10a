"""What every page shares: access policy, security headers, cookies, origin, sessions, layout, error pages, languages.

Nothing here knows a feature or a table; it must not import `people` (the app plugs in who is asking).
"""
