// One file, so that one page runs them all: half of the shaders of the operations are those of the kernels' cases, and a
// page compiles an equal shader once.
import "./kernels/kernel_cases.ts";
import "./ops/op_cases.ts";
