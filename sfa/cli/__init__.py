"""The command line: what services return, printed; one module per subject, imported when it is asked for."""
