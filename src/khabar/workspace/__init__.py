"""The workspace: many articles, one record of what happened."""

from khabar.workspace.store import Workspace, WorkspaceError

__all__ = ["Workspace", "WorkspaceError"]
