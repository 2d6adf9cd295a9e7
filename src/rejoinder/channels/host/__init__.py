"""What a page that uses posthog-js asks of its `api_host`: configuration, scripts, and its events.

Of the events only what says who somebody is becomes part of us; the rest is counted and dropped,
or forwarded to a PostHog host. All of it is opened by the project's public token alone.
"""
