import { callAs } from "../core/caller.ts";
import { ValueError } from "../core/errors.ts";
import { boolean, callback, count, number } from "../core/kinds.ts";
import { describe, options, passing } from "../core/signature.ts";
import type { Question } from "../kernels/variants.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import type { Order } from "../scheduler/step/order.ts";
import type { StepPlan } from "../scheduler/step/step_plan.ts";
import { type WarmOptions, warm } from "../scheduler/step/warm.ts";
import { explainProgram } from "./explain.ts";
import { isTensor } from "./kinds.ts";
import { PlannedStep, type PlanOptions, type TensorSpec } from "./planned_step.ts";
import type { StepResult } from "./step_result.ts";
import { gradientKey, type Tensor } from "./tensor.ts";

/** Maximum number of planned steps kept for one shape of the arguments (they differ in state such as train or eval). */
const MAX_STATES = 16;

/** Options of `capture`. */
export interface CaptureOptions {
  /** Number of argument shapes whose recordings are kept at the same time. Default 4. */
  readonly maxShapes?: number;
  /**
   * Whether every call returns new tensors, which costs a copy of the results. Otherwise all calls return the same tensors:
   * the next call overwrites them, and `dispose()` frees them. Default true.
   */
  readonly copy?: boolean;
  /**
   * Whether neighbouring elementwise kernels run as one, without writing intermediate results to memory. The results are
   * the same, except where a GPU compiler simplifies the fused code: it may round x·y + z once instead of twice, or take (x
   * − y) + y for x. Without fusion they have the same bits as without capture. Default true.
   */
  readonly fuse?: boolean;
  /**
   * Maximum bytes of the step, including tensors it shares with code outside (parameters, moments); a step that needs more
   * is refused before anything is allocated. Default: the engine's limit, see `init({ maxBytes })`.
   */
  readonly maxBytes?: number;
}

/** Arguments that a step can be prepared for: tensors, or their specifications. */
export type Specs<Args extends readonly Tensor[]> = { readonly [I in keyof Args]: TensorSpec };

/** A captured step. Call it as the function it was made from. */
export interface Captured<Args extends readonly Tensor[], R> {
  (...args: Args): R;
  /**
   * Records and plans the step for such arguments and compiles all its pipelines, in parallel and without blocking the
   * page, so that the first call does not wait. Nothing runs, and learning rates, step counts and random streams stay where
   * they are. For labels give the first batch, or their range:
   *
   *     await step.prepare([x, { shape: [32], dtype: "u32", bounds: [0, 9] }], { onProgress, signal });
   *
   * Throws the errors of recording, `ShaderError`, and the signal's reason.
   */
  prepare(args: Specs<Args>, options?: WarmOptions): Promise<void>;
  /** Whether every call returns new tensors, which the caller owns; see `CaptureOptions`. */
  readonly copy: boolean;
  /** Resources of the step of the last call, or of the last `prepare`. */
  plan(): StepPlan;
  /** A table of every dispatch of that step: kernel, shapes, bytes, operations, buffers. */
  explain(): string;
  /** The operations of that step that have several kernels: `tune` of wgrad/train measures them. */
  questions(): readonly Question[];
  /** Frees the recordings and their buffers. The next call records the step anew, with the kernels chosen by then. */
  dispose(): void;
}

/**
 * Records `step` once, for each shape of its arguments, and replays it from then on: one submit, no buffer, bind group or
 * pipeline made, and the same bits as running it (see `fuse`). Any part of a training step can be captured: forward,
 * backward, optimiser, in one captured function or in several, or partly outside.
 *
 *     const step = capture((x: Tensor, y: Tensor) => {
 *       optimizer.zeroGrad();
 *       const loss = crossEntropy(model.forward(x), y);
 *       loss.backward();
 *       optimizer.step();
 *       return loss;
 *     });
 *     for await (const { x, y } of loader) losses.push(step(x, y).item());
 *
 * `step` runs as JavaScript only when it is recorded. It is recorded anew, and older recordings are kept, whenever one of
 * these differs: `train()` and `eval()` of its modules, `requiresGrad`, whether leaves have gradients, `noGrad()` and
 * `autocast()` around the call. Learning rates, step counts and random streams are updated automatically. Nothing else is:
 * numbers, arrays, labels given as arrays and branches of `if` in `step` stay as recorded (`explain()` lists the
 * constants). Pass values that change from call to call as tensors.
 *
 * Results are new tensors, copied at the end of the step, that the caller disposes of. They have no history, so call
 * `backward()` in the same step as the forward. `step` must be synchronous and return tensors, alone, in an array or in a
 * plain object, or nothing; it leaves its arguments alive. Throws the errors of `step`, `ValueError` for other arguments
 * and results, `DisposedError` if `step` disposes of an argument, `ValidationError` if it reads a result or calls a captured
 * step, such as itself, and `MemoryLimitError` if it needs too much memory; nothing has changed then.
 *
 * @example
 * ```ts
 * import { add, capture, mul, type Tensor, tensor } from "wgrad";
 * const step = capture((x: Tensor) => add(mul(x, 2), 1)); // recorded at the first call, then replayed
 * console.log(await step(tensor([1, 2])).read(), await step(tensor([3, 4])).read()); // [3, 5] [7, 9]
 * ```
 */
export const capture = /* @__PURE__ */ passing(
  "capture",
  {
    step: callback,
    options: options<CaptureOptions>({
      maxShapes: count,
      copy: boolean,
      fuse: boolean,
      maxBytes: number,
    }),
  },
  captured,
);

/** `capture` under another function's name, with the commands in another order. */
export function captured<Args extends readonly Tensor[], R extends StepResult>(
  step: (...args: Args) => R,
  { maxShapes = 4, copy = true, fuse = true, maxBytes = Infinity }: CaptureOptions = {},
  { who = "capture", order }: { readonly who?: string; readonly order?: Order } = {},
): Captured<Args, R> {
  const run = (args: readonly Tensor[]) => step(...(args as Args));
  const planned = new PlannedSteps((...args) => run(args), maxShapes, { fuse, order, maxBytes });
  const find = (specs: readonly TensorSpec[]) => callAs(who, () => planned.find(specs));
  const call = (...args: Args): R => {
    checkArgs(who, args);
    return find(args).step.replay(args, copy) as R;
  };
  return Object.assign(call, {
    prepare: async (specs: Specs<Args>, options?: WarmOptions) => {
      checkSpecs(specs);
      options?.signal?.throwIfAborted();
      const { step, isNew } = find(specs);
      if (isNew) step.rewind();
      await warm(step.engine.gpu.pipelines, step.program, options);
    },
    copy,
    plan: () => planned.last.program.plan,
    explain: () => explainProgram(planned.last.program),
    questions: () => planned.last.questions,
    dispose: () => planned.dispose(),
  });
}

function checkSpecs(specs: readonly TensorSpec[]): void {
  if (Array.isArray(specs) && specs.every((each) => Array.isArray(each?.shape))) return;
  throw new ValueError(
    `prepare: expected an array of tensors or { shape, dtype }, one an argument, got ${describe(specs)}; write [x, y]`,
  );
}

/** The planned steps of a captured function. */
class PlannedSteps {
  readonly #step: (...args: readonly Tensor[]) => StepResult;
  readonly #maxShapes: number;
  readonly #options: PlanOptions;
  /** By signature of the arguments; each list begins with the most recently used step. */
  readonly #planned = new Map<string, PlannedStep[]>();
  #last: PlannedStep | undefined;

  constructor(
    step: (...args: readonly Tensor[]) => StepResult,
    maxShapes: number,
    options: PlanOptions,
  ) {
    this.#step = step;
    this.#maxShapes = maxShapes;
    this.#options = options;
  }

  get last(): PlannedStep {
    if (this.#last) return this.#last;
    throw new ValueError("capture: expected a call, got none; call or prepare() it first");
  }

  /** The planned step whose arguments and followed state match those of this call. */
  find(specs: readonly TensorSpec[]): { step: PlannedStep; isNew: boolean } {
    const engine = engineOf(specs);
    const key = specs.map(signature).join();
    const list = this.#planned.get(key) ?? [];
    const at = list.findIndex((each) => each.holds(engine));
    if (at < 0 && list[0]?.lost) for (const each of list.splice(0)) each.dispose();
    const step = list[at] ?? new PlannedStep(engine, this.#step, specs, this.#options);
    if (at !== 0) {
      if (at > 0) list.splice(at, 1);
      list.unshift(step);
      if (list.length > MAX_STATES) list.pop()?.dispose();
    }
    if (!this.#planned.has(key)) {
      this.#forget(this.#maxShapes - 1);
      this.#planned.set(key, list);
    }
    this.#last = step;
    return { step, isNew: at < 0 };
  }

  dispose(): void {
    this.#forget(0);
    this.#last = undefined;
  }

  /** Disposes of the planned steps of the least recently used shapes. */
  #forget(most: number): void {
    for (const [key, list] of this.#planned) {
      if (this.#planned.size <= most) return;
      this.#planned.delete(key);
      for (const step of list) step.dispose();
    }
  }
}

function checkArgs(who: string, args: readonly unknown[]): void {
  for (const [i, arg] of args.entries()) {
    if (!isTensor(arg)) {
      throw new ValueError(
        `${who}: expected tensors as arguments, got ${describe(arg)} as argument ${i + 1}; make one with tensor(), or let ` +
          "the step hold it",
      );
    }
    arg.checkUsable(who);
  }
}

function engineOf(specs: readonly TensorSpec[]): Engine {
  const first = specs.find(({ engine }) => engine)?.engine;
  if (specs.every(({ engine }) => !engine || engine === first)) return first ?? currentEngine();
  throw new ValueError(
    "capture: expected tensors of one engine, got several; create them after the same init()",
  );
}

/**
 * Arguments with the same signature share a planned step. Labels whose range is known on the host are checked in every call. Leaves
 * with a gradient, leaves without, and results have different signatures: backward passes treat them differently.
 */
function signature(spec: TensorSpec): string {
  const { dtype, shape, bounds } = spec;
  const plain = `${dtype}[${shape.join()}]${bounds ? "b" : ""}`;
  const { requiresGrad, node, grad = null } = spec as Partial<Tensor>;
  return requiresGrad ? `${plain}${node ? "n" : "g"}${gradientKey(grad)}` : plain;
}
