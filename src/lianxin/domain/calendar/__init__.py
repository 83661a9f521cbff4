"""Days: working days, holidays, the lunar calendar, market days, recurrence and the rota."""
