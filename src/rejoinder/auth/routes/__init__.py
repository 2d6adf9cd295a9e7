"""Signing in and out, the caller's account, and its sessions and keys."""
