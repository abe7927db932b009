"""Where memory that outlives the process is found: a folder on a RAM-backed file system, one for each state folder."""

import os
import secrets
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder in it is ours alone


def folder(state: Path, runtime: Path | None, run: Path | None = None) -> Path | None:
    """The folder for a state folder, made if need be; None where there is no such memory.

    `runtime` is what the settings name, `run` what the service manager gives (RUNTIME_DIRECTORY); else shared memory is taken.
    Raises `OSError` when the folder that was named cannot be had for us alone.
    """
    if runtime or run:
        return _ours(Path(runtime or run or ""))
    if not SHARED_MEMORY.is_dir() or not os.access(SHARED_MEMORY, os.W_OK):
        return None
    return _ours(SHARED_MEMORY / f"on-the-record-{os.getuid()}-{_name(state)}")


def _name(state: Path) -> str:
    """The name that a state folder got at its first start. Its path would not do: a new folder may have the path of an old one."""
    file = state / "runtime-name"
    if not file.exists():
        state.mkdir(parents=True, exist_ok=True)
        file.write_text(secrets.token_hex(8), encoding="ascii")
    name = file.read_text(encoding="ascii")
    if not name.isalnum():
        raise PermissionError(f"{file} does not hold a name: delete it, or set OTR_RUNTIME")
    return name


def _ours(place: Path) -> Path:
    """The folder, if it is ours and nobody else may look into it: anybody can make one of any name in shared memory."""
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = place.lstat()
    if found.st_uid != os.getuid() or place.is_symlink() or found.st_mode & 0o077:
        raise PermissionError(f"{place} is not a folder of this user alone: make it so (chmod 700), or set OTR_RUNTIME")
    return place
