"""The workbench: the workspace as pages, in Arabic or English, and the same as a documented API."""

from khabar.web.app import create_app
from khabar.web.settings import Settings

__all__ = ["Settings", "create_app"]
