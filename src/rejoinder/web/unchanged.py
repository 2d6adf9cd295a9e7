"""Answers that are sent again only if something has changed."""

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Any, Final

from litestar import Response

from rejoinder.cache.answers import Answers, Kept
from rejoinder.web.answer import answer, raw_answer
from rejoinder.web.request import ApiRequest

_CACHING: Final = "private, no-cache"


async def unless_unchanged(
    request: ApiRequest,
    answers: Answers,
    reader: tuple[int, str],
    make: Callable[[], Awaitable[Response[Any]]],
) -> Response[Any]:
    """What `make` answers, or what it answered before; 304 for who has that already.

    `reader` is the project and whatever else about the caller the answer depends on.
    """
    project_id, who = reader
    epoch = answers.now(project_id)
    if epoch is None:
        return await make()
    key = (who, request.base_url_text, request.scope["path"], request.scope["query_string"])
    tag = f'"{epoch.name}-{blake2b(repr(key).encode(), digest_size=9).hexdigest()}"'
    if request.header(b"if-none-match") == tag.encode():
        return answer(None, 304, {"ETag": tag, "Cache-Control": _CACHING})
    kept = epoch.answers.get(key)
    if kept is None:
        made = await make()
        headers = {"ETag": tag, "Cache-Control": _CACHING, **(made.headers or {})}
        kept = Kept(made.content, headers)
        answers.keep(project_id, epoch, key, kept)
    return raw_answer(kept.body, headers=kept.headers)
