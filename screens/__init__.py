"""What a rep sees: Textual screens over the services, and the widgets that they share."""
