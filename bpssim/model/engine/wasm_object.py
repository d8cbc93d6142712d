"""Conversion of a WebAssembly object to a module, without a linker.

LLVM writes object files for a linker. In a single one, all numbers are final already: indices of functions and types,
and addresses of data, which start at 0. Only the export section is missing, and the sections for linkers
can be dropped. Memory and the stack pointer remain imports.

The format: the binary format of the WebAssembly Core Specification, and the linking convention of WebAssembly's tools.
"""

from collections.abc import Iterator, Sequence

_PREAMBLE = 8
_CUSTOM, _EXPORT = 0, 7
_SYMBOLS = 8
_FUNCTION, _DATA, _GLOBAL, _SECTION, _TAG, _TABLE = range(6)
_UNDEFINED, _NAMED = 0x10, 0x40


class _Bytes:
    """A reader of bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    def __bool__(self) -> bool:
        return self.at < len(self.content)

    def take(self, count: int) -> bytes:
        self.at += count
        return self.content[self.at - count : self.at]

    def byte(self) -> int:
        return self.take(1)[0]

    def number(self) -> int:
        """An unsigned number, seven bits a byte, the lowest first (LEB128)."""
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def counted(self) -> bytes:
        """Bytes that follow their count."""
        return self.take(self.number())

    def numbered(self) -> Iterator[tuple[int, bytes]]:
        """Parts, with the numbers of their kinds."""
        while self:
            yield self.byte(), self.counted()


def module_of(object_file: bytes, entries: Sequence[str]) -> bytes:
    """Turn a single object file into a module.

    Parameters
    ----------
    object_file
        Object file from LLVM.
    entries
        Names of the functions that can be called from outside.
    """
    content = _Bytes(object_file)
    made = [content.take(_PREAMBLE)]
    sections = list(content.numbered())
    functions = _functions(sections)
    exports = [_counted(name.encode()) + bytes([_FUNCTION]) + _number(functions[name]) for name in entries]
    kept = [(kind, body) for kind, body in sections if kind != _CUSTOM]
    place = next(k for k, (kind, _) in enumerate(kept) if kind > _EXPORT)
    kept.insert(place, (_EXPORT, _number(len(exports)) + b"".join(exports)))
    made += [bytes([kind]) + _counted(body) for kind, body in kept]
    return b"".join(made)


def _functions(sections: Sequence[tuple[int, bytes]]) -> dict[str, int]:
    """Numbers of the functions of an object by name, from its table of symbols."""
    functions: dict[str, int] = {}
    for kind, body in sections:
        linking = _Bytes(body)
        if kind == _CUSTOM and linking.counted() == b"linking":
            linking.number()  # version
            for part, content in linking.numbered():
                if part == _SYMBOLS:
                    functions.update(_functions_among(_Bytes(content)))
    return functions


def _functions_among(symbols: _Bytes) -> Iterator[tuple[str, int]]:
    for _ in range(symbols.number()):
        kind, flags = symbols.byte(), symbols.number()
        if kind == _DATA:
            symbols.counted()
            if not flags & _UNDEFINED:
                for _ in ("segment", "offset", "size"):
                    symbols.number()
        elif kind == _SECTION:
            symbols.number()
        else:
            number = symbols.number()
            if not flags & _UNDEFINED or flags & _NAMED:
                name = symbols.counted().decode()
                if kind == _FUNCTION and not flags & _UNDEFINED:
                    yield name, number


def _number(value: int) -> bytes:
    made = bytearray()
    while value >= 0x80:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])


def _counted(content: bytes) -> bytes:
    return _number(len(content)) + content
