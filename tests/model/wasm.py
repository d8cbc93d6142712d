"""A WebAssembly module of the rules, called as the rules are: what they change in tables is changed here."""

import ctypes
from typing import Any

import numpy as np
import wasmtime

STACK = 1 << 20
PAGE = 1 << 16
PLACE = 8


class WasmRules:
    """The functions of a module.

    Parameters
    ----------
    module
        What `bpssim.model.webassembly.make` gave.
    """

    def __init__(self, module: bytes) -> None:
        engine = wasmtime.Engine()
        self._store = wasmtime.Store(engine)
        compiled = wasmtime.Module(engine, module)
        self._memory = wasmtime.Memory(self._store, wasmtime.MemoryType(wasmtime.Limits(2 * STACK // PAGE, None)))
        number = wasmtime.GlobalType(wasmtime.ValType.i32(), True)
        stack = wasmtime.Global(self._store, number, wasmtime.Val.i32(STACK))
        linker = wasmtime.Linker(engine)
        linker.define(self._store, "env", "__linear_memory", self._memory)
        linker.define(self._store, "env", "__stack_pointer", stack)
        self._functions = linker.instantiate(self._store, compiled).exports(self._store)
        self._used = STACK
        self._copies: list[tuple[int, Any]] = []

    def call(self, name: str, *arguments: Any) -> int:
        """Call a rule; the tables among its arguments are copied there and back."""
        self._used, self._copies = STACK, []
        places = [0, 0, *(place for argument in arguments for place in self._places(argument))]
        at = self._put(np.array(places, np.int64))
        assert self._functions[name](self._store, at) == 0
        memory = self._bytes()
        for where, table in self._copies:
            content = memory[where : where + table.nbytes].view(table.dtype).reshape(table.shape)
            table[...] = content
        return int(memory[at : at + PLACE].view(np.int64)[0])

    def _places(self, argument: Any) -> list[int]:
        if isinstance(argument, tuple):
            arrays = [place for table in argument for place in self._places(table)]
            return [self._put(np.array(arrays, np.int64))]
        if isinstance(argument, np.ndarray):
            at = self._put(argument)
            self._copies.append((at, argument))
            strides = np.empty(argument.shape, argument.dtype).strides
            return [0, 0, argument.size, argument.itemsize, at, *argument.shape, *strides]
        if isinstance(argument, np.void):  # a record, which rules only read
            return [self._put(argument)]
        return [int(argument)]

    def _put(self, content: Any) -> int:
        at = -(-self._used // 64) * 64
        self._used = at + content.nbytes
        lacking = self._used - self._memory.data_len(self._store)
        if lacking > 0:
            self._memory.grow(self._store, -(-lacking // PAGE))
        self._bytes()[at : self._used] = np.frombuffer(content.tobytes(), np.uint8)
        return at

    def _bytes(self) -> Any:
        start = ctypes.cast(self._memory.data_ptr(self._store), ctypes.POINTER(ctypes.c_uint8))
        return np.ctypeslib.as_array(start, (self._memory.data_len(self._store),))
