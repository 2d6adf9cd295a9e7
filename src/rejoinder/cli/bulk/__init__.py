"""Loads of many rows at once, into tables that nobody else uses meanwhile."""
