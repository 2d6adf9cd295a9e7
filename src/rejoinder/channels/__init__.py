"""The ways in which customers write in and are answered; no channel knows another.

Everything that comes in passes through `intake`.
"""
