import type { Program } from "../scheduler/program.ts";

/** A table of every command of a captured step, and what the plan saves. */
export function explainProgram(program: Program): string {
  const rows = program.steps.map((step, i) => {
    const where = step.storages.map(
      (storage) => `${program.placeOf(storage)} (${storage.bytes} B)`,
    );
    if (step.kind === "copy") return `${number(i)}  copy${" ".repeat(44)}${where.join(" → ")}`;
    const { pipeline, grid, flops, bytes, fused } = step;
    const name = fused ? `${pipeline.shader.path}, ${fused.length} as one` : pipeline.key;
    const kernel = name.padEnd(48);
    const work = `${flops} flops  ${bytes} B  grid ${grid.join("×")}`;
    const bound = pipeline.bindings.map(({ name }, b) => `${name}=${where[b]}`);
    const calls = (fused ?? []).map((call) => `\n${" ".repeat(8)}${call}`);
    return `${number(i)}  ${kernel}${work}  ${bound.join(" ")}${calls.join("")}`;
  });
  const {
    dispatches,
    removed,
    fused,
    bytes,
    leastBytes,
    sharedBytes,
    buffers: count,
  } = program.plan;
  return [
    ...rows,
    `${dispatches} dispatches (${fused} fused into others; ${removed} commands removed: nobody reads what they write)`,
    `${count} buffers of ${bytes} bytes for the step (at least ${leastBytes} are alive at once), ${sharedBytes} bytes shared`,
  ].join("\n");
}

const number = (i: number) => String(i).padStart(4);
