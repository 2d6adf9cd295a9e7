"""What leaves as mail: who gets which message, and the way out through SMTP."""
