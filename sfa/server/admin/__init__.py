"""The page for administrators: people, devices, how syncing goes, what was done; made on the server, no script."""
