"""A real PostgreSQL server for tests: started in a folder of its own, on a socket, gone at the end."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def binaries() -> Path | None:
    """The folder with the newest PostgreSQL server of this machine; None where there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
    found = shutil.which("initdb")
    return debian[-1] if debian else Path(found).resolve().parent if found else None


@contextmanager
def serving(where: Path) -> Iterator[str]:
    """A server that runs while the block does; gives the URL of its first database, without the name."""
    user = "postgres" if os.getuid() == 0 else None  # the server refuses to run as root
    root = Path(tempfile.mkdtemp(prefix="khabar-pg-"))
    if user:
        shutil.chown(root, user)

    def run(*command: str) -> None:
        subprocess.run([str(where / command[0]), *command[1:]], check=True, user=user, cwd=root, stdout=subprocess.DEVNULL)

    run("initdb", "-D", f"{root}/data", "-U", "khabar", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = f"-c listen_addresses= -c unix_socket_directories={root} -c fsync=off -c max_connections=40"
    run("pg_ctl", "-D", f"{root}/data", "-l", f"{root}/log", "-w", "-o", options, "start")
    try:
        yield f"postgresql://khabar@/{{name}}?host={root}"
    finally:
        run("pg_ctl", "-D", f"{root}/data", "-m", "immediate", "stop")
        shutil.rmtree(root, ignore_errors=True)
