"""Finding records that are the same one: normal forms, blocks of candidates, scores with reasons (domain.md 4.3)."""
