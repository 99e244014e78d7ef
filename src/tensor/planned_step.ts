import { callBack } from "../core/caller.ts";
import { modes } from "../core/modes.ts";
import type { DType, Shape } from "../core/shape.ts";
import type { Question } from "../kernels/variants.ts";
import type { Engine } from "../scheduler/engine.ts";
import { notCapturable } from "../scheduler/step/commands.ts";
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

/** An argument that a step is planned for: a tensor, or its specification. */
export interface TensorSpec {
  /** Shape of the argument. */
  readonly shape: Shape;
  /** Element type of the argument. */
  readonly dtype: DType;
  /** Smallest and largest element, where the host knows them (labels and indices it uploaded). */
  readonly bounds?: readonly [min: number, max: number] | undefined;
  /** Name of the argument in error messages. Default: no name. */
  readonly name?: string;
  /** Engine, the same for all arguments. Default: that of another argument, else of the last `init()`. */
  readonly engine?: Engine;
}

/** How a step is planned; see `CaptureOptions`. */
export interface PlanOptions {
  /** Whether elementwise operations are joined into one kernel. */
  readonly fuse: boolean;
  /** Order of the commands. Default: as recorded. */
  readonly order?: Order | undefined;
  /** Maximum bytes of GPU memory for the step; Infinity for no limit besides the engine's. */
  readonly maxBytes: number;
}

/** Whether a captured step is being recorded. */
let inStep = false;

/** A recording of a captured function and its program, for one shape of the arguments and one state of modules and modes. */
export class PlannedStep {
  readonly engine: Engine;
  readonly program: Program;
  readonly #recording: Recording;
  readonly #modes = { ...modes };
  readonly #device: GPUDevice;
  readonly #placeholders: readonly Tensor[];
  readonly #effects: StepEffects;
  /** Specification of each result, and the storage that the step writes it to. */
  readonly #results: TensorInit[] = [];
  readonly #rebuild: (tensors: readonly Tensor[]) => StepResult;
  /** The result tensors themselves, if calls return no copies. */
  #own: readonly Tensor[] | undefined;
  #ran = false;
  /** Whether host state is still as the recording left it: the next replay is then the recorded step itself. */
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
    if (inStep) notCapturable(); // perhaps this one: it would not end
    this.#placeholders = placeholders(engine, recording, specs);
    inStep = true;
    try {
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
      abandon(engine, recording, error as Error);
      throw error;
    } finally {
      inStep = false;
      for (const each of this.#placeholders) each.dispose(); // outside, they would show values of other calls
    }
  }

  /** The questions asked of choosers while recording. */
  get questions(): readonly Question[] {
    return this.#recording.questions;
  }

  /** Whether its buffers were on a device that was lost. */
  get lost(): boolean {
    return this.engine.gpu.device !== this.#device;
  }

  /** Whether everything the recording followed still has its recorded value. */
  holds(engine: Engine): boolean {
    const { grad, half } = this.#modes;
    if (engine !== this.engine || this.lost) return false;
    if (grad !== modes.grad || half !== modes.half) return false;
    for (const { read, value } of this.#recording.notes) if (read() !== value) return false;
    for (const { failure } of this.program.shared) if (failure) return false; // another recording would make them again
    return true;
  }

  /** Restores host state to before the step, which has not run. */
  rewind(): void {
    this.#recording.rewind();
    this.#recorded = false;
  }

  /** Queues the step once more. With `copy` the results are new tensors that the caller owns. */
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

  /** Host data of this replay: as recorded, or requested again. */
  #host(recorded: boolean): Storage | undefined {
    const data = this.program.hostData(recorded);
    const host = data && new Storage(this.engine.gpu, data.byteLength);
    if (host) this.engine.upload(host, data);
    return host;
  }

  dispose(): void {
    this.program.dispose();
    for (const tensor of this.#own ?? []) tensor.dispose();
  }

  /**
   * Runs the step to record it. Its tensors are freed at the end; handles that code outside still holds then belong to that
   * code.
   */
  #record(
    step: (...args: readonly Tensor[]) => StepResult,
  ): (tensors: readonly Tensor[]) => StepResult {
    const result = checkResult(callBack(() => step(...this.#placeholders)));
    for (const each of this.#placeholders) each.checkUsable("capture"); // replays leave the caller's alive
    for (const { engine, storage, shape, dtype, name, bounds } of tensorsOf(result)) {
      this.#results.push({ engine, storage, shape, dtype, name, bounds });
    }
    return rebuilder(result);
  }

  /** The result tensors that all calls share. */
  #shared(): readonly Tensor[] {
    this.#own ??= this.#results.map((init) => keep(new Tensor(init)));
    return this.#own;
  }

  /** Checks the arguments' values, then advances host state. Returns functions that undo it. */
  #advance(args: readonly Tensor[]): (() => void)[] {
    this.#placeholders.forEach(({ bounds }, i) => {
      // the checks read the bounds of the placeholder
      if (bounds) Object.assign(bounds, args[i]?.bounds);
    });
    for (const check of this.#recording.checks) check();
    return this.#recording.hooks.map((hook) => hook());
  }
}

/** Tensors that represent the arguments in the recording, with gradients if the arguments have gradients. */
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
      own.node = node; // made outside the step: no backward pass reaches it
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
