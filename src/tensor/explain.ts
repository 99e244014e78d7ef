import type { Dispatch, Upload } from "../scheduler/dispatch.ts";
import type { Program } from "../scheduler/step/program.ts";

/** A table of every command of a captured step, the savings of its plan, and the constants of its recording. */
export function explainProgram(program: Program): string {
  const rows = program.commands.map((command, i) => {
    const where = command.storages.map(
      (storage) => `${program.placeOf(storage)} (${storage.bytes} B)`,
    );
    if (command.kind === "copy") return `${number(i)}  copy${" ".repeat(44)}${where.join(" → ")}`;
    const { pipeline, grid, flops, bytes, fused } = command;
    const name = fused ? `${pipeline.shader.path}, ${fused.length} as one` : pipeline.key;
    const kernel = name.padEnd(48);
    const work = `${flops} flops  ${bytes} B  grid ${grid.join("×")}`;
    const bound = pipeline.bindings.map(({ name }, b) => `${name}=${where[b]}`);
    const calls = (fused ?? []).map((call) => `\n${" ".repeat(8)}${call}`);
    const once = i < program.plan.constant ? "  (when a source has changed)" : "";
    return `${number(i)}  ${kernel}${work}  ${bound.join(" ")}${once}${calls.join("")}`;
  });
  const {
    dispatches,
    constant,
    removed,
    fused,
    inPlace,
    bytes,
    leastBytes,
    sharedBytes,
    buffers: count,
  } = program.plan;
  return [
    ...rows,
    `${dispatches} dispatches (${constant ? `${constant} only when a source has changed; ` : ""}${fused} fused into others; ${inPlace ? `${inPlace} copies of parts left out; ` : ""}${removed} commands removed: nothing reads what they write)`,
    `${count} buffers of ${bytes} bytes for the step (at least ${leastBytes} are alive at once), ${sharedBytes} bytes shared`,
    ...constantsOf(program),
  ].join("\n");
}

/** Constants of the recording: tensors filled by the host, and floating-point kernel parameters. */
function constantsOf(program: Program): string[] {
  const scalars = program.commands.flatMap((command, i) =>
    command.kind === "dispatch" && !command.refresh
      ? scalarsOf(command).map((each) => `${number(i)}  ${each}`)
      : [],
  );
  const all = [...program.constants.map(showUpload), ...scalars];
  return all.length === 0 ? [] : ["constants, as recorded:", ...all];
}

function showUpload({ data }: Upload): string {
  const first = [...data.subarray(0, 8)].map((value) => Number(value.toPrecision(6)));
  const more = data.length > first.length ? ", …" : "";
  return `      ${data.constructor.name} of ${data.length}: ${first.join(", ")}${more}`;
}

/** Floating-point parameters, and structs that contain some; all other parameters are sizes. */
function scalarsOf({ pipeline, params }: Dispatch): string[] {
  const floats = pipeline.shader.params.filter((field) => JSON.stringify(field).includes('"f32"'));
  if (floats.length === 0) return [];
  const shown = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : value);
  const values = floats.map(
    ({ name }) => `${name} = ${[params[name]].flat().map(shown).join(", ")}`,
  );
  return [`${pipeline.shader.path}: ${values.join(", ")}`];
}

const number = (i: number) => String(i).padStart(4);
