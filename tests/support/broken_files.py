"""One good file, and hundreds of bad ones made of it: always the same."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "cp1252", "cp1251", "cp437", "shift_jis", "koi8-r")


def broken_files(good: bytes, signs: str, *, seed: int) -> Iterator[tuple[str, bytes]]:
    """Return at least 500 broken files, each with its name; ``signs`` are those that mean something to the format."""
    for end in range(0, len(good), max(1, len(good) // 150)):
        yield f"cut at {end}", good[:end]
        yield f"begun at {end}", good[end:]
    text = good.decode()
    for encoding in ENCODINGS:
        yield f"in {encoding}", text.encode(encoding, "replace")
        yield f"half of {encoding}", text.encode(encoding, "replace")[: len(text) | 1]
    chance = Random(seed)  # noqa: S311 -- the same files each time
    for number in range(120):
        data = bytearray(good)
        for _flip in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        yield f"flipped {number}", bytes(data)
    for number in range(120):
        at = chance.randrange(len(text))
        yield f"inserted {number}", (text[:at] + chance.choice(signs) * chance.randint(1, 3) + text[at:]).encode()
    for number in range(60):
        lines = text.split("\n")
        chance.shuffle(lines)
        yield f"shuffled {number}", "\n".join(lines).encode()
    for sign in signs:
        yield f"only {sign!r}", (sign * 3000).encode()
        yield f"{sign!r} in lines", (f"{sign}\n" * 3000).encode()
        yield f"{sign!r} in blocks", (f"a {sign} b\n\n" * 300).encode()
    for number in range(40):
        yield f"noise {number}", chance.randbytes(chance.randint(1, 2000))
