import { ShaderError } from "../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../src/gpu/adapter.ts";
import type { KernelModule } from "../../src/kernels/kernel.ts";
import { source } from "../../src/shader/shader.ts";
import { type Mutant, mutatedShader } from "../../src/testing/mutate_shader.ts";
import { chosenCases, type EmulatedDispatch, emulate } from "../../src/testing/races/emulate.ts";
import { caseInputs, kernelModule, planCase, runCase } from "../../src/testing/run_case.ts";

export type { Mutant } from "../../src/testing/mutate_shader.ts";

/** How many kernels run in the emulator for a mutant of a shared file, about a second each. */
const MOST_EMULATED = 4;

/** What became of a mutant. */
export interface Verdict {
  readonly verdict: "killed" | "survived" | "invalid";
  /** The case that noticed the mutant, or the compiler's message. */
  readonly by: string;
  /** Cases that ran. */
  readonly cases: number;
}

const files = import.meta.glob<Record<string, unknown>>("../../src/kernels/*/*.ts", {
  eager: true,
});
const modules = Object.entries(files).flatMap(([path, exports]) => {
  const module = kernelModule(exports);
  const name = path.replace("../../src/kernels/", "").replace(".ts", "");
  return module ? [{ name, module }] : [];
});

type Case = KernelModule["cases"][number];

/** A case, the files its shader is linked from, and what it costs. */
interface Prepared {
  readonly name: string;
  readonly module: KernelModule;
  readonly test: Case;
  readonly files: ReadonlySet<string>;
  readonly cost: number;
}

const prepared: readonly Prepared[] = modules
  .flatMap(({ name, module }) => module.cases.map((test) => prepareCase(name, module, test)))
  .sort((a, b) => a.cost - b.cost);

function prepareCase(name: string, module: KernelModule, test: Case): Prepared {
  const { kernel } = module;
  const plan = planCase(kernel, caseInputs(kernel, test), test);
  const code = source(kernel.shader, { ...plan.slots, ...test.dtypes });
  const files = new Set([...code.matchAll(/^\/\/ ---- (\S+)$/gm)].map(([, file]) => file ?? ""));
  return { name: `${name} ${test.name}`, module, test, files, cost: plan.flops };
}

let device = await requestDevice(await requestAdapter());

/** Runs the cases whose shader contains the mutant's file, cheapest first, until one notices. */
export async function runMutant(mutant: Mutant): Promise<Verdict> {
  let ran = 0;
  for (const { name, module, test } of prepared.filter(({ files }) => files.has(mutant.file))) {
    const shader = mutatedShader(module.kernel.shader, mutant);
    ran += 1;
    try {
      const defects = await runCase(
        device,
        { ...module, kernel: { ...module.kernel, shader } },
        test,
      );
      if (defects.length) return { verdict: "killed", by: name, cases: ran };
    } catch (error) {
      if (error instanceof ShaderError)
        return { verdict: "invalid", by: error.message, cases: ran };
      device.destroy();
      device = await requestDevice(await requestAdapter());
      return { verdict: "killed", by: `${name}: ${error}`, cases: ran };
    }
  }
  const race = raceOf(mutant);
  return race
    ? { verdict: "killed", by: race, cases: ran }
    : { verdict: "survived", by: "", cases: ran };
}

/** The first data race that the emulator finds in a mutant, run on the same kernels as the race tests. */
function raceOf(mutant: Mutant): string | undefined {
  const users = modules.filter(({ module }) =>
    prepared.some((each) => each.module === module && each.files.has(mutant.file)),
  );
  for (const { name, module } of users.slice(0, MOST_EMULATED)) {
    for (const { dispatch } of chosenCases(module)) {
      const shader = mutatedShader(dispatch.shader, mutant);
      const [defect] = defectsOf(dispatch, { ...dispatch, shader });
      if (defect) return `race detector, ${name}: ${defect}`;
    }
  }
  return undefined;
}

/** What the emulator finds, or the error that it throws; undefined if it cannot run even the unchanged shader. */
function defectsOf(original: EmulatedDispatch, changed: EmulatedDispatch): readonly string[] {
  try {
    return emulate(changed).defects;
  } catch (error) {
    try {
      emulate(original);
      return [`it throws ${error}`]; // usually an index past the end of workgroup memory
    } catch {
      return [];
    }
  }
}
