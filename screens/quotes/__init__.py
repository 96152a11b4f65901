"""Quotes: the list, the editor as a sheet, approvals, the preview of the page."""
