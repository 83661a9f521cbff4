"""The pages 接待日 and 来访走访登记, and the form of a visit that both share."""
