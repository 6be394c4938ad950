"""What comes with the library to read texts: offline, loaded when it is first used (extra `sentiment`)."""
