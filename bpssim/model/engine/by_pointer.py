"""Named tuples of tables and records that rules pass to each other as one pointer.

Numba passes a named tuple as the parts of its arrays: pointers, shapes and strides, more than a hundred values in every
call. Here a rule called from Python stores these once, on its stack, and rules pass on their address. Rules read the
fields by name, as without compilation, and cannot replace them.
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
    """Numba's type of a named tuple of tables and records.

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
        # The name becomes part of those of functions compiled for this type, and distinguishes it from others.
        super().__init__(f"{name}({sha256(content.encode()).hexdigest()[:20]})")


@register_model(TablesType)
class _Pointer(PrimitiveModel):  # type: ignore[misc]
    """How it is passed on: as the address of its consecutive arrays."""

    def __init__(self, manager: Any, tables: TablesType) -> None:
        arrays = ir.LiteralStructType([manager[kind].get_value_type() for kind in tables.fields.values()])
        super().__init__(manager, tables, arrays.as_pointer())


@infer_getattr
class _Fields(typing.templates.AttributeTemplate):  # type: ignore[misc]
    """Its fields."""

    key = TablesType

    def generic_resolve(self, tables: TablesType, name: str) -> Any:
        return tables.fields.get(name)


def _address(builder: Any, pointer: Any, position: int) -> Any:
    """Address of the array at a position."""
    whole, place = (ir.Constant(ir.IntType(32), index) for index in (0, position))
    return builder.gep(pointer, [whole, place], inbounds=True)


@lower_getattr_generic(TablesType)  # type: ignore[untyped-decorator]
def _read(context: Any, builder: Any, tables: TablesType, pointer: Any, name: str) -> Any:
    array = builder.load(_address(builder, pointer, list(tables.fields).index(name)))
    # No rule changes the address of the array, which the compiler cannot know by itself.
    array.set_metadata("invariant.load", builder.module.add_metadata([]))
    return imputils.impl_ret_borrowed(context, builder, tables.fields[name], array)


@unbox(TablesType)  # type: ignore[untyped-decorator]
def _store_arrays(tables: TablesType, value: Any, c: Any) -> NativeValue:
    """Store the arrays of an argument from Python; the tuple keeps them in memory while the rule runs."""
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
        for release in clean_ups:
            release()

    # The arrays do not change from here on, and must not be read earlier, even if a rule is inlined here.
    c.builder.store_atomic(pointer, handed_on, "seq_cst", align=8)
    pointer = c.builder.load_atomic(handed_on, "seq_cst", align=8)
    return NativeValue(pointer, is_error=is_wrong, cleanup=clean_up)


def by_pointer(tables: NamedTables) -> NamedTables:
    """Let compiled rules take a named tuple of tables as one pointer."""

    @typeof_impl.register(tables)  # type: ignore[untyped-decorator]
    def _(value: Any, context: Any) -> TablesType:
        kinds = [numba.typeof(table) for table in value]
        return TablesType(tables.__name__, dict(zip(value._fields, kinds, strict=True)))

    return tables
