import { callBack } from "../core/caller.ts";
import { modes } from "../core/modes.ts";
import type { DType, Shape } from "../core/shape.ts";
import type { Question } from "../kernels/variants.ts";
import type { Engine } from "../scheduler/engine.ts";
import { checkMemory } from "../scheduler/step/memory.ts";
import type { Order } from "../scheduler/step/order.ts";
import { Program } from "../scheduler/step/program.ts";
import { Recording, recordInto } from "../scheduler/step/recording.ts";
import { Storage } from "../scheduler/storage.ts";
import { keep, scope } from "./scope.ts";
import { argumentCells, StepEffects } from "./step_effects.ts";
import { checkResult, rebuilder, type StepResult, tensorsOf } from "./step_result.ts";
import { roomLike, Tensor, type TensorInit } from "./tensor.ts";
import { abandon } from "./trace.ts";

/** What a step is planned for: a tensor, or what one will be like. */
export interface TensorSpec {
  /** Shape of the argument. */
  readonly shape: Shape;
  /** Element type of the argument. */
  readonly dtype: DType;
  /** Smallest and largest element, where the host knows them (labels and indices it uploaded). */
  readonly bounds?: readonly [min: number, max: number] | undefined;
  /** What errors call it. Default no name. */
  readonly name?: string;
  /** The same for all arguments. Default: what another one has, else the engine of the last `init()`. */
  readonly engine?: Engine;
}

/** How a step is planned; see `CaptureOptions`. */
export interface PlanOptions {
  /** Whether elementwise operations are joined into one kernel. */
  readonly fuse: boolean;
  /** Default the order of the recording. */
  readonly order?: Order | undefined;
  /** Bytes of GPU memory the step may take; Infinity for no limit of its own. */
  readonly maxBytes: number;
}

/** A captured function, recorded and planned for one shape of its arguments and one state of what it goes by. */
export class PlannedStep {
  readonly engine: Engine;
  readonly program: Program;
  readonly #recording: Recording;
  readonly #modes = { ...modes };
  readonly #device: GPUDevice;
  readonly #placeholders: readonly Tensor[];
  readonly #effects: StepEffects;
  /** What the results are like, and where the step has them. */
  readonly #results: TensorInit[] = [];
  readonly #rebuild: (tensors: readonly Tensor[]) => StepResult;
  /** The results themselves, where calls get no copies. */
  #own: readonly Tensor[] | undefined;
  #ran = false;
  /** Whether host state is as the recording left it: the next replay then is the recorded step itself. */
  #recorded = true;

  constructor(
    engine: Engine,
    step: (...args: readonly Tensor[]) => StepResult,
    specs: readonly TensorSpec[],
    { fuse, order, maxBytes }: PlanOptions,
  ) {
    this.engine = engine;
    this.#device = engine.gpu.device;
    const recording = new Recording();
    this.#recording = recording;
    try {
      this.#placeholders = placeholders(engine, recording, specs);
      const given = argumentCells(this.#placeholders);
      this.#rebuild = recordInto(recording, () => scope(() => this.#record(step)));
      this.#effects = new StepEffects(recording, this.#placeholders, given);
      const inputs = [...storagesOf(this.#placeholders), ...this.#effects.inputs];
      const outputs = [...this.#effects.outputs, ...storagesOf(this.#results)];
      const options = { fuse: fuse && engine.fuses, order };
      this.program = new Program(engine.gpu, recording, inputs, outputs, options);
      for (const upload of this.program.prelude) engine.push(upload);
      checkMemory(engine.gpu, this.program, maxBytes);
    } catch (error) {
      abandon(engine, recording);
      throw error;
    }
  }

  /** The questions asked of choosers while recording. */
  get questions(): readonly Question[] {
    return this.#recording.questions;
  }

  /** Whether its buffers are on a device that was lost. */
  get lost(): boolean {
    return this.engine.gpu.device !== this.#device;
  }

  /** Whether all state that the recording followed still has its recorded value. */
  holds(engine: Engine): boolean {
    const { grad, half } = this.#modes;
    if (engine !== this.engine || this.lost) return false;
    if (grad !== modes.grad || half !== modes.half) return false;
    for (const { read, value } of this.#recording.notes) if (read() !== value) return false;
    for (const { failure } of this.program.shared) if (failure) return false; // another recording makes it again
    return true;
  }

  /** Puts host state back to before the step, which has not run. */
  rewind(): void {
    this.#recording.rewind();
    this.#recorded = false;
  }

  /** Queues the step once more. With `copy` the results are tensors of the caller's. */
  replay(args: readonly Tensor[], copy: boolean): StepResult {
    const { engine, program } = this;
    const [first, recorded] = [!this.#ran, this.#recorded];
    const undos = recorded ? [...this.#recording.undos] : this.#advance(args);
    this.#ran = true;
    this.#recorded = false;
    const results = copy ? this.#results.map(copyOf) : this.#shared();
    const { from, to, done } = this.#effects.begin(args);
    const outputs = copy ? [...to, ...storagesOf(results)] : to;
    const inputs = [...storagesOf(args), ...from];
    const host = this.#host(recorded);
    const storages = [...inputs, ...outputs, ...program.shared, ...(host ? [host] : [])];
    const options = engine.inspected ? program.options(recorded) : undefined;
    const kind = "replay";
    engine.push({ kind, storages, program, inputs, outputs, host, first, undos, options });
    undos.push(...done());
    return this.#rebuild(results);
  }

  /** What the host gives this replay: what was recorded, or what it is asked for anew. */
  #host(recorded: boolean): Storage | undefined {
    const data = this.program.hostData(recorded);
    const host = data && new Storage(this.engine.gpu, data.byteLength);
    if (host) this.engine.upload(host, data);
    return host;
  }

  dispose(): void {
    this.program.dispose();
    for (const tensor of [...this.#placeholders, ...(this.#own ?? [])]) tensor.dispose();
  }

  /** Runs the step for its recording. Its tensors end with it: what is still held then belongs to the caller. */
  #record(
    step: (...args: readonly Tensor[]) => StepResult,
  ): (tensors: readonly Tensor[]) => StepResult {
    const result = checkResult(callBack(() => step(...this.#placeholders)));
    for (const { engine, storage, shape, dtype, name, bounds } of tensorsOf(result)) {
      this.#results.push({ engine, storage, shape, dtype, name, bounds });
    }
    return rebuilder(result);
  }

  /** The same tensors every time. */
  #shared(): readonly Tensor[] {
    this.#own ??= this.#results.map((init) => keep(new Tensor(init)));
    return this.#own;
  }

  /** Checks the arguments' values, then advances host state. Returns functions that undo it. */
  #advance(args: readonly Tensor[]): (() => void)[] {
    this.#placeholders.forEach(({ bounds }, i) => {
      // the checks look at the placeholder's own bounds
      if (bounds) Object.assign(bounds, args[i]?.bounds);
    });
    for (const check of this.#recording.checks) check();
    return this.#recording.hooks.map((hook) => hook());
  }
}

/** Tensors that stand for the arguments in the recording, gradients included. */
function placeholders(
  engine: Engine,
  recording: Recording,
  specs: readonly TensorSpec[],
): Tensor[] {
  return specs.map((spec) => {
    const { requiresGrad = false, grad = null, node } = spec as Partial<Tensor>;
    const bounds = spec.bounds && ([...spec.bounds] as const);
    return recordInto(recording, () => {
      const own = roomLike({ ...spec, engine, bounds });
      own.requiresGrad = requiresGrad;
      own.node = node; // it was made outside of the step: no backward pass gets there
      own.grad = grad && roomLike(grad);
      return own;
    });
  });
}

function copyOf(init: TensorInit): Tensor {
  const { engine, shape, dtype } = init;
  return new Tensor({ ...init, storage: engine.allocate("capture", shape, { dtype }) });
}

const storagesOf = (tensors: readonly { readonly storage: Storage }[]): Storage[] =>
  tensors.map(({ storage }) => storage);
