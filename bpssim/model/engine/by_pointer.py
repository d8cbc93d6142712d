"""Named tuples of tables and records that a rule hands on to another as one pointer.

Numba passes a named tuple as all that its arrays consist of: pointers, shapes and strides, more than a hundred values
in every call. Here a rule that Python calls lays these out once, on its stack, and what rules pass on is where they
lie. Rules read the fields by name, as without compilation, and cannot replace them.
"""

from hashlib import sha256
from typing import Any, TypeVar

import numba
from llvmlite import ir
from numba.core import imputils, typing
from numba.core.datamodel import PrimitiveModel
from numba.extending import NativeValue, infer_getattr, lower_getattr_generic, register_model, typeof_impl, unbox

NamedTables = TypeVar("NamedTables", bound=type[tuple[Any, ...]])


class TablesType(numba.types.Type):  # type: ignore[misc]  # numba has no types
    """What Numba knows of a named tuple of tables and records.

    Parameters
    ----------
    name
        Name of its class.
    fields
        Numba's type of each field, by name, in order.
    """

    def __init__(self, name: str, fields: dict[str, Any]) -> None:
        self.fields = fields
        content = ", ".join(f"{field}: {kind}" for field, kind in fields.items())
        # The name is part of that of every function which is compiled for it, and tells one such type from another.
        super().__init__(f"{name}({sha256(content.encode()).hexdigest()[:20]})")


@register_model(TablesType)
class _Pointer(PrimitiveModel):  # type: ignore[misc]
    """How it is passed on: as the address of its arrays, one after the other."""

    def __init__(self, manager: Any, tables: TablesType) -> None:
        arrays = ir.LiteralStructType([manager[kind].get_value_type() for kind in tables.fields.values()])
        super().__init__(manager, tables, arrays.as_pointer())


@infer_getattr
class _Fields(typing.templates.AttributeTemplate):  # type: ignore[misc]
    """Which fields it has."""

    key = TablesType

    def generic_resolve(self, tables: TablesType, name: str) -> Any:
        return tables.fields.get(name)


def _address(builder: Any, pointer: Any, position: int) -> Any:
    """Where the array at a position lies."""
    whole, place = (ir.Constant(ir.IntType(32), index) for index in (0, position))
    return builder.gep(pointer, [whole, place], inbounds=True)


@lower_getattr_generic(TablesType)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, tables: TablesType, pointer: Any, name: str) -> Any:
    array = builder.load(_address(builder, pointer, list(tables.fields).index(name)))
    # Nothing that rules write can change where the array lies, which the compiler cannot know by itself.
    array.set_metadata("invariant.load", builder.module.add_metadata([]))
    return imputils.impl_ret_borrowed(context, builder, tables.fields[name], array)


@unbox(TablesType)  # type: ignore[untyped-decorator]
def _lay_out(tables: TablesType, value: Any, c: Any) -> NativeValue:
    """Arrays of what Python hands over; the tuple keeps them in memory for as long as the rule runs."""
    kind_of_pointer = c.context.get_value_type(tables)
    with c.builder.goto_entry_block():
        pointer = c.builder.alloca(kind_of_pointer.pointee)
        handed_on = c.builder.alloca(kind_of_pointer)
    is_wrong = ir.Constant(ir.IntType(1), 0)
    clean_ups = []
    for position, kind in enumerate(tables.fields.values()):
        part = c.unbox(kind, c.pyapi.tuple_getitem(value, position))
        c.builder.store(part.value, _address(c.builder, pointer, position))
        is_wrong = c.builder.or_(is_wrong, part.is_error)
        if part.cleanup is not None:
            clean_ups.append(part.cleanup)

    def clean_up() -> None:
        for each in clean_ups:
            each()

    # From here on it does not change. What is read through it must not be read earlier, even if a rule is inlined here.
    c.builder.store_atomic(pointer, handed_on, "seq_cst", align=8)
    pointer = c.builder.load_atomic(handed_on, "seq_cst", align=8)
    return NativeValue(pointer, is_error=is_wrong, cleanup=clean_up)


def by_pointer(tables: NamedTables) -> NamedTables:
    """Let compiled rules take a named tuple of tables as one pointer."""

    @typeof_impl.register(tables)  # type: ignore[untyped-decorator]
    def _(value: Any, context: Any) -> TablesType:
        kinds = [numba.typeof(each) for each in value]
        return TablesType(tables.__name__, dict(zip(value._fields, kinds, strict=True)))

    return tables
