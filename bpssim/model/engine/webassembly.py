"""Compilation of rules to one WebAssembly module, with the LLVM of Numba alone.

Numba compiles for the machine that it runs on, but little of the code that it passes to LLVM depends on that machine.
The same code is compiled here for WebAssembly, so that the rules can run in a browser, with the same bytes as results
(see `bpssim.model.engine.elementary`).

Every function of the module takes the address of a row of 8-byte places: for the result, for details of a failure, and
for its arguments as Numba passes them. A whole number takes one place. An array is (0, 0, elements, bytes of one,
address, its shape, its strides). A named tuple of tables is the address of its arrays, each in this form. A
function returns 0 unless it failed.

Before Numba is imported, it must be set to target no particular machine; see `SETTINGS`.
"""

from collections.abc import Mapping
from typing import Any

from llvmlite import binding

from bpssim.model.engine.wasm_object import module_of

SETTINGS = {
    "NUMBA_DISABLE_JIT": "0",
    "NUMBA_CPU_NAME": "generic",
    "NUMBA_CPU_FEATURES": "",
    "NUMBA_LOOP_VECTORIZE": "0",
    "NUMBA_SLP_VECTORIZE": "0",
}
"""Environment variables for importing Numba."""

_TARGET = "wasm32-unknown-unknown"
_FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint"  # every browser since 2021 has them
_OWN = """
declare double @llvm.sqrt.f64(double)
define double @sqrt(double %x) alwaysinline {
  %root = call double @llvm.sqrt.f64(double %x)
  ret double %root
}
"""
"""The only C function that rules call, as an instruction of WebAssembly."""


def webassembly_of(entries: Mapping[str, tuple[Any, tuple[Any, ...]]]) -> bytes:
    """The module with some rules as its functions.

    Parameters
    ----------
    entries
        Rules that Python calls, and Numba's types of their arguments, by the name of the function.
    """
    binding.initialize_all_targets()
    binding.initialize_all_asmprinters()
    machine = binding.Target.from_triple(_TARGET).create_target_machine(opt=3, features=_FEATURES)
    whole = _for_target(_OWN, machine)
    for name, (rule, types) in entries.items():
        whole.link_in(_entry(name, rule, types, machine))
    _hide_all_but(entries, whole)
    builder = binding.create_pass_builder(machine, binding.create_pipeline_tuning_options(speed_level=3))
    builder.getModulePassManager().run(whole, builder)
    return module_of(machine.emit_object(whole), list(entries))


def _for_target(code: str, machine: Any) -> Any:
    """LLVM's code, declared for another machine."""
    module = binding.parse_assembly(code)
    module.triple = _TARGET
    module.data_layout = str(machine.target_data)
    return module


def _entry(name: str, rule: Any, types: tuple[Any, ...], machine: Any) -> Any:
    """A rule, and the function that calls it with the arguments at an address."""
    rule.compile(types)
    compiled = rule.overloads[types]
    module = _for_target(str(compiled.library._final_module), machine)
    called = module.get_function(compiled.fndesc.llvm_func_name)
    called.name = f"{name}.rule"
    kinds = [str(argument.type) for argument in called.arguments]
    lines = [f"declare i32 @{called.name}({', '.join(kinds)})", f"define i32 @{name}(ptr %places) {{"]
    lines += ["%failure = getelementptr i8, ptr %places, i32 8"]
    for k, kind in enumerate(kinds[2:], 2):
        lines += [f"%at{k} = getelementptr i8, ptr %places, i32 {8 * k}", f"%a{k} = load {kind}, ptr %at{k}, align 8"]
    given = "".join(f", {kind} %a{k}" for k, kind in enumerate(kinds[2:], 2))
    lines += [f"%status = call i32 @{called.name}(ptr %places, ptr %failure{given})", "ret i32 %status", "}"]
    module.link_in(_for_target("\n".join(lines), machine))
    _hide_all_but([name], module)
    return module


def _hide_all_but(names: Any, module: Any) -> None:
    """Hide what nobody calls from outside, so that it can be inlined or dropped, and its name used again."""
    for symbol in (*module.functions, *module.global_variables):
        if not symbol.is_declaration and symbol.name not in names:
            symbol.linkage = "internal"
