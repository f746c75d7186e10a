"""Pages that span the floors and own no tables: today, the public home, ratings, codes, help, the demo."""
