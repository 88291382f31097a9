"""Files screened behind the requests: a folder for each, a process that works, a thread for each service."""
