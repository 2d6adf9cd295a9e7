"""Why a request did not get an answer.

EgressError
├── Refused      we do not call this: its URL, its port or an address behind its name
└── Unreachable  we tried: no such name, no connection, no trust, no answer in time
"""


class EgressError(Exception):
    """The text is one sentence that may be shown to whoever gave the URL."""


class Refused(EgressError):
    pass


class Unreachable(EgressError):
    pass
