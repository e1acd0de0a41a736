"""Moves finished files into the storage, and takes back what nothing names."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path, PurePosixPath

from recordings.library.models import Rendition
from recordings.media import store
from recordings.processing import playlists
from recordings.processing.encoding import RESERVE
from recordings.processing.failures import DiskFull, OriginalGone
from recordings.processing.orders import Order
from recordings.processing.playlists import MASTER

AT_ONCE = 8  # files on their way to a storage elsewhere
TICK = 0.5
Beat = Callable[[], None]


def at_hand(key: str, size: int, folder: Path, beat: Beat) -> Path:
    """A path the transcoder can read: the stored file itself, or a copy in the folder."""
    try:
        if store.is_local():
            return _here(key)
        if shutil.disk_usage(folder).free < size + RESERVE:
            raise DiskFull
        copy = folder / f"source{PurePosixPath(key).suffix}"
        _beating([lambda: store.fetch(key, copy)], beat)
    except FileNotFoundError as error:
        raise OriginalGone from error
    return copy


def _here(key: str) -> Path:
    path = Path(store.storage().path(key))
    if not path.is_file():
        raise FileNotFoundError(key)
    return path


def put_size(order: Order, name: str, folder: Path, download: Path, beat: Beat) -> None:
    """Store the files of one size, the playlist last; what a killed run left of it goes first."""
    playlist = folder / f"{name}.m3u8"
    pieces = sorted(one for one in folder.iterdir() if one != playlist)
    for key in list(_keys_of(order, name)):
        store.remove(key)
    for group in ([*pieces, download], [playlist]):
        _do_all([partial(store.put, f"{order.folder}/{path.name}", path) for path in group], beat)


def _keys_of(order: Order, name: str) -> Iterator[str]:
    """The keys of a size: its playlist, its segments, its download."""
    for key in store.keys_under(order.folder):
        file = PurePosixPath(key).name
        if file.startswith((f"{name}.", f"{name}_")):
            yield key


def write_master(order: Order) -> None:
    """Bring the master playlist in step with the sizes that are ready."""
    variants = order.variants
    if not variants:
        return
    key, text = f"{order.folder}/{MASTER}", playlists.master(variants)
    if _text(key) == text:
        return
    with store.working_folder() as folder:
        made = folder / MASTER
        made.write_text(text, encoding="utf-8")
        store.put(key, made)


def _text(key: str) -> str:
    holder = store.storage()
    if not holder.exists(key):
        return ""
    with holder.open(key, "rb") as content:
        return bytes(content.read()).decode()


def tidy(order: Order) -> None:
    """Remove what a killed run left in the folder: sizes no row names, files that are not whole."""
    made = order.made
    for name in Rendition.Name.values:
        if name not in made:
            for key in list(_keys_of(order, name)):
                store.remove(key)
    for key in list(store.keys_under(order.folder)):
        if key.endswith(store.COMING):
            store.remove(key)


def _do_all(deeds: Sequence[Callable[[], object]], beat: Beat) -> None:
    """Do all, several at once where the storage is elsewhere; the lease is kept meanwhile."""
    if not store.is_local():
        _beating(deeds, beat)
        return
    for deed in deeds:
        deed()
        beat()


def _beating(deeds: Sequence[Callable[[], object]], beat: Beat) -> None:
    with ThreadPoolExecutor(min(AT_ONCE, len(deeds))) as pool:
        going = {pool.submit(deed) for deed in deeds}
        try:
            while going:
                done, going = wait(going, timeout=TICK)
                for one in done:
                    one.result()
                beat()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
