"""The plan's rules without any chat: eligibility, account names, dates, fees, premium IDs."""
