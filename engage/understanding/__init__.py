"""What was heard, understood: frozen releases of numbers, and themes that people give to voices."""
