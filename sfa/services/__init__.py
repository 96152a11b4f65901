"""Use cases: one transaction and one journal entry each; plain values in, frozen values out."""
