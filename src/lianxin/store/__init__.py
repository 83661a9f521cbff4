"""The only room that knows SQL: the encrypted database and the door every write passes."""
