"""The operator's commands: people, companies, members, support desks. Each is on the record, as address `cli`."""
