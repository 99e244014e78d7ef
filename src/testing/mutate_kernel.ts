import { callBack } from "../core/caller.ts";
import { ShaderError, ValueError } from "../core/errors.ts";
import { permutation, seeded } from "../core/rng.ts";
import type { KernelModule } from "../kernels/kernel.ts";
import { isLibraryPath } from "../shader/own_folder.ts";
import { partsOf } from "../shader/read_own.ts";
import { type Shader, source } from "../shader/shader.ts";
import { type Mutant, mutatedShader } from "./mutate_shader.ts";
import { mutationsOf } from "./mutations.ts";
import { caseInputs, planCase, runCase } from "./run_case.ts";

/** A race detector's result for a case. */
interface FoundRaces {
  readonly races: readonly string[];
  readonly differs: string;
}

/** Options of `mutateKernel`. */
export interface MutateOptions {
  /** Maximum number of mutants, taken from all files in turn. Default 100. */
  readonly count?: number;
  /** Seed of the choice. Default 1. */
  readonly seed?: number;
  /** Selects the files of the shader that are mutated. Default: those that are not the library's. */
  readonly files?: (file: string) => boolean;
  /**
   * `findRaces` of wgrad/testing/races, called if no case notices a mutant: only it can notice most missing barriers.
   * Default none.
   */
  readonly races?: (module: KernelModule) => readonly FoundRaces[];
  /** Called after each mutant. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the run between two mutants by throwing the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A mutation that nothing noticed. */
export interface Survivor {
  /** The mutated shader file. */
  readonly file: string;
  /** Line in that file, counted from 1. */
  readonly line: number;
  /** The original line. */
  readonly code: string;
  /** The text that was replaced. */
  readonly from: string;
  /** The text that replaced it. */
  readonly to: string;
}

/** Result of `mutateKernel`. */
export interface MutationReport {
  /** Number of mutants that compile. */
  readonly mutants: number;
  /** Number of mutants that a case or the race detector noticed. */
  readonly noticed: number;
  /** Number of mutants that do not compile, which are not in `mutants`. */
  readonly invalid: number;
  /** Mutants that nothing noticed. */
  readonly survivors: readonly Survivor[];
}

/** A mutant that runs for this many ms is considered not to terminate. */
const PATIENCE = 60_000;

export async function mutateKernel(
  newDevice: () => Promise<GPUDevice>,
  module: KernelModule,
  { count = 100, seed = 1, files, races, onProgress, signal }: MutateOptions = {},
): Promise<MutationReport> {
  const { shader } = module.kernel;
  const mutants = chosen(shader, files ?? ((file) => !isLibraryPath(file)), seed).slice(0, count);
  const judge = new Judge(newDevice, module, races);
  await judge.checkOriginal();
  const survivors: Survivor[] = [];
  let invalid = 0;
  for (const [i, mutant] of mutants.entries()) {
    signal?.throwIfAborted();
    const verdict = await judge.verdict(mutant);
    if (verdict === "invalid") invalid++;
    if (verdict === "survived") survivors.push(survivor(shader, mutant));
    callBack(() => onProgress?.(i + 1, mutants.length));
  }
  judge.device?.destroy();
  const valid = mutants.length - invalid;
  return { mutants: valid, noticed: valid - survivors.length, invalid, survivors };
}

/** Mutants in a seeded order that takes from all files in turn, so that large files do not dominate. */
function chosen(shader: Shader, wanted: (file: string) => boolean, seed: number): Mutant[] {
  const random = seeded(seed);
  const texts = new Map(partsOf(shader).map(({ file, text }) => [file, text]));
  const queues = [...texts].flatMap(([file, text]) => {
    if (!callBack(() => wanted(file))) return [];
    const all = mutationsOf(text);
    return [[...permutation(all.length, random)].map((i) => ({ file, ...all[i] }) as Mutant)];
  });
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, round) =>
    queues.flatMap((queue) => queue[round] ?? []),
  ).flat();
}

function survivor(shader: Shader, { file, line, from, to }: Mutant): Survivor {
  const text = partsOf(shader).find((part) => part.file === file)?.text ?? "";
  return { file, line, code: (text.split("\n")[line - 1] ?? "").trim(), from, to };
}

class Judge {
  device: GPUDevice | undefined;
  readonly #newDevice: () => Promise<GPUDevice>;
  readonly #module: KernelModule;
  readonly #races: MutateOptions["races"];
  /** Cases in order of cost, each with its shader. */
  readonly #cases: readonly { test: KernelModule["cases"][number]; code: string; cost: number }[];
  #emulated = false;

  constructor(
    newDevice: () => Promise<GPUDevice>,
    module: KernelModule,
    races: MutateOptions["races"],
  ) {
    this.#newDevice = newDevice;
    this.#module = module;
    this.#races = races;
    const { kernel, cases } = module;
    this.#cases = cases
      .map((test) => {
        const { slots, flops } = planCase(kernel, caseInputs(kernel, test), test);
        return { test, code: source(kernel.shader, slots ?? {}), cost: flops };
      })
      .sort((a, b) => a.cost - b.cost);
  }

  /** The original kernel must pass, or every mutant would count as noticed. */
  async checkOriginal(): Promise<void> {
    for (const { test } of this.#cases) {
      this.device ??= await callBack(this.#newDevice);
      const [defect] = await runCase(this.device, this.#module, test);
      if (defect === undefined) continue;
      throw new ValueError(
        `mutateKernel: expected the kernel as it is to pass its cases, got ${test.name}: ${defect}; correct it first`,
      );
    }
    const found = callBack(() => this.#races?.(this.#module));
    this.#emulated =
      found?.every(({ races, differs }) => races.length === 0 && differs === "") ?? false;
  }

  async verdict(mutant: Mutant): Promise<"noticed" | "survived" | "invalid"> {
    const { kernel } = this.#module;
    const shader = mutatedShader(kernel.shader, mutant);
    const module = { ...this.#module, kernel: { ...kernel, shader } };
    const mine = this.#cases.filter(({ code }) => code.includes(`// ---- ${mutant.file}\n`));
    for (const { test } of mine) {
      try {
        if (await this.#defective(module, test)) return "noticed";
      } catch (error) {
        if (error instanceof ShaderError) return "invalid";
        this.device?.destroy(); // the device is lost, or the mutant does not terminate
        this.device = undefined;
        return "noticed";
      }
    }
    if (!this.#emulated) return "survived";
    const found = callBack(() => this.#races?.(module)) ?? [];
    const odd = found.some(({ races, differs }) => races.length > 0 || differs !== "");
    return odd ? "noticed" : "survived";
  }

  async #defective(module: KernelModule, test: KernelModule["cases"][number]): Promise<boolean> {
    this.device ??= await callBack(this.#newDevice);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("it does not terminate")), PATIENCE);
    });
    try {
      return (await Promise.race([runCase(this.device, module, test), late])).length > 0;
    } finally {
      clearTimeout(timer);
    }
  }
}
