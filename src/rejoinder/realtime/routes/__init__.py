"""HTTP for the event log: of a project, and of one ticket."""
