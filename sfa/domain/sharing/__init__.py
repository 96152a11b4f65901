"""Who may see and change which row, and what becomes of two changes of one field: pure rules of sync."""
