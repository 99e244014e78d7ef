import { expect, test } from "vitest";
import type { Plan } from "../../../src/kernels/kernel.ts";
import * as stats from "../../../src/kernels/norm/stats.ts";
import { joinedCases } from "../../../src/kernels/norm/stats_joined_cases.ts";
import type { Shader } from "../../../src/shader/shader.ts";
import { mutatedShader } from "../../../src/testing/mutate_shader.ts";
import { mutationsOf } from "../../../src/testing/mutations.ts";
import { emulate } from "../../../src/testing/races/emulate.ts";

const length = 300;

/** Values whose variance needs a scale, so that all of the code runs. */
const row = Float32Array.from({ length }, (_, i) => 1e30 * (1 + (i % 4)));

/** The plan of a row that is long enough to be split, with the numbers of a short one: the emulator is slow. */
function shortened(): Plan {
  const shape = [1, 40_003];
  const plan = stats.normStats.plan(
    { x: shape, running_mean: [1], running_var: [1] },
    { norm: { kind: "layer", axes: 1 } },
  );
  const { rows } = plan.params as { rows: object };
  return { ...plan, params: { ...plan.params, rows: { ...rows, length, piece: length } } } as Plan;
}

function defects(shader: Shader = stats.normStats.shader): readonly string[] {
  const one = { shape: [1], data: Float32Array.of(0) };
  const inputs = { x: { shape: [1, length], data: row }, running_mean: one, running_var: one };
  return emulate({ shader, plan: shortened(), overrides: {}, inputs }).defects;
}

test("a row that a workgroup sums whole has no races, and one without its barrier", () => {
  expect(defects()).toEqual([]);
  const file = "norm/span/row.wgsl";
  const text = stats.normStats.shader.slots.span?.row?.parts[0]?.text ?? "";
  const [removed] = mutationsOf(text).filter(({ kind }) => kind === "barrier");
  if (!removed) throw new Error(`${file} has no barrier`);
  expect(defects(mutatedShader(stats.normStats.shader, { ...removed, file }))[0]).toMatch(/race$/);
});

test("rows that would be split without running statistics are one piece with them", () => {
  for (const { name, inputs, options } of joinedCases) {
    const x = "shape" in inputs.x ? inputs.x.shape : inputs.x;
    const running = [inputs.running_mean, inputs.running_var] as readonly (readonly number[])[];
    const [running_mean = [], running_var = []] = running;
    const planned = stats.normStats.plan({ x, running_mean, running_var }, options);
    expect(planned.slots?.span, name).toBe("row");
    expect(planned.outputs.stats, name).toEqual([running_mean[0], 4]);
    expect(stats.normStats.plan({ x }, options).outputs.stats, name).toHaveLength(3);
  }
});
