"""The address the server listens on: resolved, and found free before anything is started."""

import socket

from rejoinder.errors import RejoinderError


class AddressUnusable(RejoinderError):
    """The host or port to listen on cannot be had; the text names it."""

    code = "address_unusable"


def free_address(host: str, port: int) -> tuple[str, int]:
    """The IP address of `host`, and `port` (any free one for 0), if nobody listens there.

    The HTTP server shares its port among its workers, so it would share it with strangers, too:
    only a trial without sharing shows that the port is taken.
    """
    family, address = _resolve(host, port)
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
            trial.listen(1)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise AddressUnusable(f"Cannot listen on {host} port {port}: {reason}.") from None
        return address, int(trial.getsockname()[1])


def _resolve(host: str, port: int) -> tuple[int, str]:
    try:
        family, _, _, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise AddressUnusable(f"There is no address {host!r} to listen on: {error}.") from None
    return family, str(place[0])
