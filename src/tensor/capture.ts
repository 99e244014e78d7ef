import { ValueError } from "../core/errors.ts";
import type { Question } from "../kernels/variants.ts";
import type { StepPlan } from "../scheduler/program.ts";
import { type WarmOptions, warm } from "../scheduler/warm.ts";
import { explainProgram } from "./explain.ts";
import { PlannedStep, type TensorSpec } from "./planned_step.ts";
import type { StepResult } from "./step_result.ts";
import type { Tensor } from "./tensor.ts";

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
  /**
   * Bytes the step may take, what it shares with the rest (parameters, moments) included; one that needs more is refused
   * before anything is allocated. Default no limit of its own, see `init({ maxBytes })`.
   */
  readonly maxBytes?: number;
}

/** Arguments a step can be prepared for: tensors, or what they will be like. */
export type Specs<Args extends readonly Tensor[]> = { readonly [I in keyof Args]: TensorSpec };

/** A captured step. Call it as the function it was made from. */
export interface Captured<Args extends readonly Tensor[], R> {
  (...args: Args): R;
  /**
   * Records and plans the step for such arguments and compiles all it needs, in parallel and without blocking the page, so
   * that the first call does not wait. Nothing runs, and learning rates, step counts and random streams stay where they
   * are. For labels give the first batch, or their range:
   *
   *     await step.prepare([x, { shape: [32], dtype: "u32", bounds: [0, 9] }], { onProgress, signal });
   *
   * Throws what recording throws, `ShaderError`, and the signal's reason.
   */
  prepare(args: Specs<Args>, options?: WarmOptions): Promise<void>;
  /** Whether every call returns tensors of the caller's; see `CaptureOptions`. */
  readonly copy: boolean;
  /** What the step of the last call, or the last `prepare`, needs. */
  plan(): StepPlan;
  /** Every dispatch of that step: kernel, shapes, bytes, operations, buffers. */
  explain(): string;
  /** The work in that step for which there are several kernels: what `tune` of wgrad/train measures. */
  questions(): readonly Question[];
  /** Frees the plans and their buffers. The next call records the step anew, with the kernels that are chosen then. */
  dispose(): void;
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
 * Throws what `step` throws, `ValidationError` when it reads a result, and `MemoryLimitError` when it needs too much.
 */
export function capture<Args extends readonly Tensor[], R extends StepResult>(
  step: (...args: Args) => R,
  { maxShapes = 4, copy = true, fuse = true, maxBytes = Infinity }: CaptureOptions = {},
): Captured<Args, R> {
  const planned = new Map<string, PlannedStep>();
  const run = (args: readonly Tensor[]) => step(...(args as Args));
  let last: PlannedStep | undefined;
  const find = (specs: readonly TensorSpec[]): { entry: PlannedStep; isNew: boolean } => {
    const key = specs.map(signature).join();
    const known = planned.get(key);
    const entry = known ?? new PlannedStep((...args) => run(args), specs, { fuse, maxBytes });
    if (!known) {
      forgetOldest(planned, maxShapes - 1);
      planned.set(key, entry);
    }
    last = entry;
    return { entry, isNew: !known };
  };
  const call = (...args: Args): R => {
    for (const arg of args) arg.checkUsable("capture");
    return find(args).entry.replay(args, copy) as R;
  };
  const plannedLast = () => {
    if (last) return last;
    throw new ValueError(
      "capture: expected a step that has run, got none; call it or prepare() it first",
    );
  };
  return Object.assign(call, {
    prepare: async (specs: Specs<Args>, options?: WarmOptions) => {
      options?.signal?.throwIfAborted();
      const { entry, isNew } = find(specs);
      if (isNew) entry.rewind();
      await warm(entry.engine.gpu.pipelines, entry.program, options);
    },
    copy,
    plan: () => plannedLast().program.plan,
    explain: () => explainProgram(plannedLast().program),
    questions: () => plannedLast().questions,
    dispose: () => {
      forgetOldest(planned, 0);
      last = undefined;
    },
  });
}

/** Arguments of one signature share a plan. Labels whose range the host knows are checked in every call. */
function signature({ dtype, shape, bounds }: TensorSpec): string {
  return `${dtype}[${shape.join()}]${bounds ? "b" : ""}`;
}

function forgetOldest(planned: Map<string, PlannedStep>, most: number): void {
  for (const [key, entry] of planned) {
    if (planned.size <= most) return;
    planned.delete(key);
    entry.dispose();
  }
}
