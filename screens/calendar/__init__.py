"""The calendar: day, week, month and agenda, with what is done to appointments."""
