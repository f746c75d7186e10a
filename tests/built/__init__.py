"""What is built from the source, assets and wheel. What the source alone can be asked is in tests/conventions."""
