"""Meetings of the network: series and their editions."""
