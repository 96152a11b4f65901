"""The pipeline: a board by stage, or a list."""
