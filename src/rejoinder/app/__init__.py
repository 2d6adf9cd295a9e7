"""The composition root for HTTP: settings → pool → the visible list of routers."""
