"""What goes into a backup: one moment of the database, the files it knows, the secret."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Final

import asyncpg

from rejoinder.auth.secret_key import kept_secret
from rejoinder.cli.backup import queries
from rejoinder.cli.backup.manifest import FILES, SECRET, Manifest, Table
from rejoinder.cli.backup.queries import Shape
from rejoinder.cli.backup.writing import Writing
from rejoinder.cli.progress import Tell
from rejoinder.clock import now
from rejoinder.db.connection import set_session
from rejoinder.db.migrate import applied
from rejoinder.db.pool import Session
from rejoinder.errors import NotFound
from rejoinder.messages.attachments.files import Files
from rejoinder.settings import Settings

_NAME: Final = "rejoinder backup"
# The whole of a big table is one statement, and files take their time beside an idle connection.
_SESSION: Final = {
    "statement_timeout": "0",
    "idle_in_transaction_session_timeout": "0",
    "timezone": "UTC",
}


class Snapshot:
    """Writes parts, and remembers what the manifest has to say of them."""

    def __init__(self, session: Session, writing: Writing, tell: Tell, *, packed: bool) -> None:
        self._session = session
        self._writing = writing
        self._tell = tell
        self._packed = packed

    async def take(self, files: Files | None, settings: Settings) -> Manifest:
        """Everything; without `files` the database and the secret only."""
        await queries.keep_files(self._session)
        created_at = now()
        connection = self._session.connection
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            shapes = await queries.tables(self._session)
            if "migrations" not in (shape.name for shape in shapes):
                raise NotFound("There is nothing of Rejoinder's in this database.")
            schema = await applied(connection)
            tables = [await self._table(shape) for shape in shapes]
            keys = await queries.object_keys(self._session) if files else []
            sequences = await queries.sequences(self._session)
        missing = [key for key in keys if files and not await self._file(files, key)]
        self._secret(settings)
        return Manifest(
            version=version("rejoinder"),
            created_at=created_at,
            schema=schema,
            tables=tables,
            sequences=sequences,
            missing_files=missing,
            parts=self._writing.parts,
        )

    async def _table(self, shape: Shape) -> Table:
        self._tell(f"reading {shape.name}")
        name = f"tables/{shape.name}.copy" + (".gz" if self._packed else "")
        with self._writing.part(name, compressed=self._packed) as write:

            async def take(data: bytes) -> None:
                write(data)

            status = await self._session.connection.copy_from_table(
                shape.name, columns=shape.columns, output=take
            )
        return Table(shape.name, shape.columns, int(status.rpartition(" ")[2]), name)

    async def _file(self, files: Files, key: str) -> bool:
        """Whether the store has it."""
        try:
            pieces = await files.read(key)
        except NotFound:
            return False
        self._tell(f"reading {FILES}{key}")
        with self._writing.part(FILES + key) as write:
            async for piece in pieces:
                write(piece)
        return True

    def _secret(self, settings: Settings) -> None:
        if secret := kept_secret(settings):
            with self._writing.part(SECRET) as write:
                write(secret.encode())


@asynccontextmanager
async def session(dsn: str) -> AsyncGenerator[Session]:
    """A connection on which a statement may take as long as it takes."""
    connection = await asyncpg.connect(dsn, server_settings={"application_name": _NAME})
    try:
        await set_session(connection, _SESSION)
        yield Session(connection)
    finally:
        await connection.close()


def require_data(settings: Settings) -> None:
    """Raises NotFound where there is no embedded database: it would be made, and be empty."""
    if not settings.database_url and not (settings.data_dir / "postgres" / "data").exists():
        raise NotFound(f"There is no database in {settings.data_dir}.")
