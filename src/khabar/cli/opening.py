"""Opening a workspace for a command: whatever fails there ends the command with its one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from khabar.cli.outcome import Stop
from khabar.workspace import Workspace, WorkspaceError


@contextmanager
def opened(where: str, *, create: bool = False) -> Iterator[Workspace]:
    """The workspace at `where`, closed at the end."""
    try:
        with Workspace.open(where, create=create) as workspace:
            yield workspace
    except WorkspaceError as error:
        raise Stop(str(error)) from None
