import type { DType, Shape } from "../core/shape.ts";
import type { Question } from "../kernels/variants.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { checkMemory } from "../scheduler/memory.ts";
import type { Program } from "../scheduler/program.ts";
import { Recording, recordInto } from "../scheduler/recording.ts";
import type { Storage } from "../scheduler/storage.ts";
import { keep, scope } from "./scope.ts";
import { mapResult, type StepResult, tensorsOf } from "./step_result.ts";
import { Tensor } from "./tensor.ts";

/** What a step is planned for: a tensor, or what one will be like. */
export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Smallest and largest element, where the host knows them (labels and indices it uploaded). */
  readonly bounds?: readonly [min: number, max: number] | undefined;
  readonly name?: string;
  readonly engine?: Engine;
}

/** A captured function, recorded and planned for one shape of its arguments. */
export class PlannedStep {
  readonly engine: Engine;
  readonly program: Program;
  readonly #recording: Recording;
  readonly #placeholders: readonly Tensor[];
  readonly #result: StepResult;
  #ran = false;
  /** Whether the host stands where the recording left it: the next replay is the recorded step itself. */
  #recorded = true;

  constructor(
    step: (...args: readonly Tensor[]) => StepResult,
    specs: readonly TensorSpec[],
    { fuse, maxBytes }: { readonly fuse: boolean; readonly maxBytes: number },
  ) {
    this.engine = specs.find(({ engine }) => engine)?.engine ?? currentEngine();
    this.#placeholders = specs.map((spec) => placeholder(this.engine, spec));
    const recording = new Recording();
    this.#recording = recording;
    try {
      this.#result = recordInto(recording, () => scope(() => step(...this.#placeholders)));
      const outputs = tensorsOf(this.#result);
      for (const tensor of outputs) keep(tensor);
      const [inputs, results] = [storagesOf(this.#placeholders), storagesOf(outputs)];
      this.program = this.engine.program(recording, inputs, results, fuse);
      checkMemory(this.engine.gpu, this.program, maxBytes);
    } catch (error) {
      recording.rewind();
      for (const { storages } of recording.commands) for (const each of storages) each.dequeue();
      for (const tensor of this.#placeholders) tensor.dispose();
      throw error;
    }
  }

  /** Where there were several kernels to choose from. */
  get questions(): readonly Question[] {
    return this.#recording.questions;
  }

  /** Puts host state back to before the step, which has not run. */
  rewind(): void {
    this.#recording.rewind();
    this.#recorded = false;
  }

  /** Queues the step once more. With `copy` the results are tensors of the caller's. */
  replay(args: readonly Tensor[], copy: boolean): StepResult {
    if (!this.#recorded) this.#advance(args);
    const how = { first: !this.#ran, recorded: this.#recorded };
    this.#ran = true;
    this.#recorded = false;
    const { engine, program } = this;
    const made: Tensor[] = [];
    const results = copy
      ? mapResult(this.#result, ({ shape, dtype, name }) => {
          const storage = engine.allocate("capture", shape, { dtype });
          made.push(new Tensor({ engine, storage, shape, dtype, name }));
          return made.at(-1) as Tensor;
        })
      : this.#result;
    engine.replay(program, storagesOf(args), storagesOf(made), how);
    return results;
  }

  dispose(): void {
    this.program.dispose();
    for (const tensor of [...this.#placeholders, ...tensorsOf(this.#result)]) tensor.dispose();
  }

  /** Checks the arguments by their values, then moves host state on. */
  #advance(args: readonly Tensor[]): void {
    this.#placeholders.forEach(({ bounds }, i) => {
      // the checks look at the placeholder's own bounds
      if (bounds) Object.assign(bounds, args[i]?.bounds);
    });
    for (const check of this.#recording.checks) check();
    for (const hook of this.#recording.hooks) hook();
  }
}

function placeholder(engine: Engine, { shape, dtype, name, bounds }: TensorSpec): Tensor {
  const storage = engine.allocate("capture", shape, { dtype });
  const own = bounds && ([...bounds] as [number, number]);
  return keep(new Tensor({ engine, storage, shape, dtype, name, bounds: own }));
}

const storagesOf = (tensors: readonly Tensor[]): Storage[] => tensors.map(({ storage }) => storage);
