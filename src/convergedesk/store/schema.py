"""The numbers that mark a file as ours and say how old its tables are."""

SCHEMA = 3
"""Number of the newest migration; kept in the file as `user_version`."""

APPLICATION_ID = 0x43564447
"""'CVDG' as a big-endian number; kept in the file as `application_id`."""
