import { ValueError } from "../core/errors.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import type { Program, StepPlan } from "../scheduler/program.ts";
import { Recording, recordInto } from "../scheduler/recording.ts";
import { explainProgram } from "./explain.ts";
import { keep, scope } from "./scope.ts";
import { Tensor } from "./tensor.ts";

/** What a captured function may return: tensors, alone or in an array or a plain object. */
export type StepResult =
  | Tensor
  | readonly Tensor[]
  | Readonly<Record<string, Tensor>>
  | undefined
  // biome-ignore lint/suspicious/noConfusingVoidType: a step need not return anything
  | void;

export interface CaptureOptions {
  /** How many different shapes of the arguments are kept planned at the same time. Default 4. */
  readonly maxShapes?: number;
  /**
   * Whether every call returns tensors of its own, which costs a copy of the results. Otherwise all calls return the same
   * tensors, which the next call overwrites: read them before it, and leave them to `dispose()`. Default true.
   */
  readonly copy?: boolean;
  /**
   * Whether neighbouring elementwise kernels run as one, without their intermediate results going through memory. The
   * results are the same, except that a GPU compiler may then round x·y + z once instead of twice. Default true.
   */
  readonly fuse?: boolean;
}

/** A captured step. Call it as the function it was made from. */
export interface Captured<Args extends readonly Tensor[], R> {
  (...args: Args): R;
  /** What the step of the last call needs. */
  plan(): StepPlan;
  /** Every dispatch of the last call's step: kernel, shapes, bytes, operations, buffers. */
  explain(): string;
  /** Frees the plans and their buffers. */
  dispose(): void;
}

/** One planned shape of the arguments. */
interface Entry {
  readonly engine: Engine;
  readonly recording: Recording;
  readonly program: Program;
  readonly placeholders: readonly Tensor[];
  readonly result: StepResult;
  fresh: boolean;
}

/**
 * Records `step` once, for each shape of its arguments, and replays it from then on: one submit, no buffer, bind group or
 * pipeline made, and the same bits as running it. Anything trained goes through: forward, backward, optimiser.
 *
 *     const step = capture((x: Tensor, y: Tensor) => {
 *       optimizer.zeroGrad();
 *       const loss = crossEntropy(model.forward(x), y);
 *       loss.backward();
 *       optimizer.step();
 *       return loss;
 *     });
 *     for (const { x, y } of data) losses.push(step(x, y).item());
 *
 * `step` runs as JavaScript only when it is recorded: what changes from call to call comes in as tensors. Learning rates,
 * step counts and random streams follow by themselves. Results are new tensors, the caller's to dispose of.
 * Throws what `step` throws, and `ValueError` when it reads a result.
 */
export function capture<Args extends readonly Tensor[], R extends StepResult>(
  step: (...args: Args) => R,
  { maxShapes = 4, copy = true, fuse = true }: CaptureOptions = {},
): Captured<Args, R> {
  const entries = new Map<string, Entry>();
  let last: Entry | undefined;
  const call = (...args: Args): R => {
    for (const arg of args) arg.checkUsable("capture");
    const key = args.map(signature).join();
    const entry = entries.get(key) ?? record(step, args, fuse);
    if (!entries.has(key)) {
      forgetOldest(entries, maxShapes - 1);
      entries.set(key, entry);
    }
    last = entry;
    return replay(entry, args, copy) as R;
  };
  return Object.assign(call, {
    plan: () => programOf(last).plan,
    explain: () => explainProgram(programOf(last)),
    dispose: () => {
      forgetOldest(entries, 0);
      last = undefined;
    },
  });
}

function programOf(entry: Entry | undefined): Program {
  if (entry) return entry.program;
  throw new ValueError("capture: expected a step that has run, got none; call it first");
}

/** Arguments of one signature share a plan. Labels whose range the host knows are checked in every call. */
function signature({ dtype, shape, bounds }: Tensor): string {
  return `${dtype}[${shape.join()}]${bounds ? "b" : ""}`;
}

function forgetOldest(entries: Map<string, Entry>, most: number): void {
  for (const [key, { program, placeholders, result }] of entries) {
    if (entries.size <= most) return;
    entries.delete(key);
    program.dispose();
    for (const tensor of [...placeholders, ...tensorsOf(result)]) tensor.dispose();
  }
}

function record<Args extends readonly Tensor[]>(
  step: (...args: Args) => StepResult,
  args: Args,
  fuse: boolean,
): Entry {
  const engine = args[0]?.engine ?? currentEngine();
  const placeholders = args.map((arg) => placeholder(engine, arg));
  const recording = new Recording();
  try {
    const result = recordInto(recording, () =>
      scope(() => step(...(placeholders as readonly Tensor[] as Args))),
    );
    const outputs = tensorsOf(result);
    for (const tensor of outputs) keep(tensor);
    const storages = (tensors: readonly Tensor[]) => tensors.map(({ storage }) => storage);
    const program = engine.program(recording, storages(placeholders), storages(outputs), fuse);
    return { engine, recording, program, placeholders, result, fresh: true };
  } catch (error) {
    for (const { storages } of recording.commands) for (const each of storages) each.dequeue();
    for (const tensor of placeholders) tensor.dispose();
    throw error;
  }
}

function placeholder(engine: Engine, { shape, dtype, name, bounds }: Tensor): Tensor {
  const storage = engine.allocate("capture", shape);
  const own = bounds && ([...bounds] as [number, number]);
  return keep(new Tensor({ engine, storage, shape, dtype, name, bounds: own }));
}

function replay(entry: Entry, args: readonly Tensor[], copy: boolean): StepResult {
  const { engine, recording, program, placeholders } = entry;
  if (!entry.fresh) {
    placeholders.forEach(({ bounds }, i) => {
      // the checks look at the placeholder's own bounds
      if (bounds) Object.assign(bounds, args[i]?.bounds);
    });
    for (const check of recording.checks) check();
    for (const hook of recording.hooks) hook();
  }
  const storages = (tensors: readonly Tensor[]) => tensors.map(({ storage }) => storage);
  const { fresh } = entry;
  entry.fresh = false;
  if (!copy) {
    engine.replay(program, storages(args), [], fresh);
    return entry.result;
  }
  const made: Tensor[] = [];
  const result = mapTensors(entry.result, (tensor) => {
    const storage = engine.allocate("capture", tensor.shape);
    const { shape, dtype, name } = tensor;
    made.push(new Tensor({ engine, storage, shape, dtype, name }));
    return made.at(-1) as Tensor;
  });
  engine.replay(program, storages(args), storages(made), fresh);
  return result;
}

function tensorsOf(result: StepResult): Tensor[] {
  if (!result) return [];
  return isTensor(result) ? [result] : Object.values(result);
}

function mapTensors(result: StepResult, f: (tensor: Tensor) => Tensor): StepResult {
  if (!result) return undefined;
  if (isTensor(result)) return f(result);
  if (Array.isArray(result)) return result.map(f);
  return Object.fromEntries(Object.entries(result).map(([name, tensor]) => [name, f(tensor)]));
}

function isTensor(value: object): value is Tensor {
  return "storage" in value && "dtype" in value;
}
