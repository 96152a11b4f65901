"""Sync at the desk: in the background, a badge, and the inbox."""
