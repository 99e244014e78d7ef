import { bytesOf, inMemory, type Shape, size, typedArray } from "../core/shape.ts";
import { PassTimer, timePass } from "../gpu/pass_timer.ts";
import { type AnyCase, bytesMoved, type KernelModule } from "../kernels/kernel.ts";
import { type Prepared, prepare } from "../kernels/prepare.ts";
import type { Signature } from "../shader/shader.ts";
import { checkAccepted } from "./accepted.ts";
import { caseInputs, planCase } from "./run_case.ts";
import type { ShownKernel } from "./show_kernels.ts";

/** A case of whatever kernel: `Case` checks it where it is written. */
export interface TimedCase {
  /** Name of the case in reports. */
  readonly name: string;
  /** Shapes, and optionally contents, of the input buffers, by name. */
  readonly inputs: object;
  /** Options of the plan. */
  readonly options?: unknown;
  /** Overrides in place of the plan's. */
  readonly overrides?: object;
  /** dtypes of elements in memory; f32 by default. */
  readonly dtypes?: object | undefined;
  /** Tolerance for the tests; unused in benchmarks. */
  readonly tolerance?: unknown;
}

/** One kernel on one input, to be timed together with others. */
export interface BenchItem {
  /** Name of the kernel in the timing. */
  readonly name: string;
  /** The kernel, with its reference and cases: what `runCase` takes, of whatever types. */
  readonly module: ShownKernel;
  /** The input that it is timed on: one of its cases, or another. */
  readonly case: TimedCase;
  /** Prepares it. Default `openBench`; pass another library version's `openBench` for a kernel of that version. */
  readonly open?: typeof openBench;
}

/** A kernel with its buffers on the GPU, ready to be timed. */
export interface OpenBench {
  /** Floating-point operations of one dispatch. */
  readonly flops: number;
  /** Bytes that one dispatch must move, by the kernel's plan. */
  readonly bytes: number;
  /** Returns the milliseconds per dispatch of `dispatches` dispatches in one pass. */
  sample(dispatches: number): Promise<number>;
  destroy(): void;
}

/** Result of timing an item; `ms` is the median time of one dispatch. */
export interface Timing {
  /** The name of the item. */
  readonly name: string;
  /** Median time of one dispatch in milliseconds. */
  readonly ms: number;
  /** Lower and upper quartile of the samples in milliseconds. */
  readonly spread: readonly [number, number];
  /** Floating-point operations divided by the time, in GFLOP/s. */
  readonly gflops: number;
  /** Bytes that must move, by the kernel's plan, divided by the time: GB/s. */
  readonly bandwidth: number;
  /** Total number of timed dispatches. */
  readonly dispatches: number;
  /** "timestamps" of the GPU, or the "clock" around submit and completion without the feature. */
  readonly by: "timestamps" | "clock";
}

/** Options of `bench`. */
export interface BenchOptions {
  /** Number of samples of each item, taken in turns so that a slow period of the machine affects all equally. Default 9. */
  readonly rounds?: number;
  /** Duration of one sample in milliseconds; it determines the number of dispatches per sample. Default 40. */
  readonly sampleMs?: number;
  /**
   * Whether to use the GPU's timestamps if it has the feature. Default true; on a software adapter the clock is more
   * accurate.
   */
  readonly timestamps?: boolean;
}

/** Times items in turns on one device. Throws the errors of `prepare`, and an error for a validation error. */
export async function bench(
  device: GPUDevice,
  items: readonly BenchItem[],
  { rounds = 9, sampleMs = 40, timestamps = true }: BenchOptions = {},
): Promise<Timing[]> {
  const timer =
    timestamps && device.features.has("timestamp-query") ? new PassTimer(device) : undefined;
  const runs: { item: BenchItem; run: OpenBench; dispatches: number; samples: number[] }[] = [];
  for (const item of items) {
    const run = await (item.open ?? openBench)(device, item, timer);
    await run.sample(1); // the first dispatch includes work that the driver postponed
    const dispatches = Math.min(1000, Math.max(1, Math.round(sampleMs / (await run.sample(2)))));
    runs.push({ item, run, dispatches, samples: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { run, dispatches, samples } of runs) samples.push(await run.sample(dispatches));
  }
  for (const { run } of runs) run.destroy();
  timer?.destroy();
  return runs.map(({ item, run, dispatches, samples }) => {
    samples.sort((a, b) => a - b);
    const at = (share: number) => samples[Math.floor(samples.length * share)] as number;
    const ms = at(0.5);
    return {
      name: item.name,
      ms,
      spread: [at(0.25), at(0.75)],
      gflops: run.flops / ms / 1e6,
      bandwidth: run.bytes / ms / 1e6,
      dispatches: dispatches * rounds,
      by: timer ? "timestamps" : "clock",
    };
  });
}

/** Prepares a kernel and fills its buffers. Throws the errors of `prepare`. */
export function openBench(
  device: GPUDevice,
  item: Pick<BenchItem, "module" | "case">,
  timer?: PassTimer,
): Promise<OpenBench> {
  return BenchRun.create(device, item, timer);
}

/** A prepared kernel with its buffers. */
class BenchRun implements OpenBench {
  readonly flops: number;
  readonly bytes: number;
  readonly #device: GPUDevice;
  readonly #prepared: Prepared<Signature>;
  readonly #buffers: Readonly<Record<string, GPUBuffer>>;
  readonly #timer: PassTimer | undefined;

  static async create(
    device: GPUDevice,
    item: Pick<BenchItem, "module" | "case">,
    timer?: PassTimer,
  ) {
    const { kernel } = item.module as KernelModule;
    const each = item.case as AnyCase;
    const inputs = caseInputs(kernel, each);
    const shapes = Object.fromEntries(Object.entries(inputs).map(([name, t]) => [name, t.shape]));
    const overrides = (each.overrides ?? {}) as Readonly<Record<string, number>>;
    const { dtypes = {} } = each;
    const prepared = await prepare(device, kernel, shapes, each.options, { overrides, dtypes });
    const outputs: Readonly<Record<string, Shape>> = prepared.plan.outputs;
    const buffers: Record<string, GPUBuffer> = {};
    for (const { name, dtype } of prepared.bindings) {
      const bytes = bytesOf(dtype, size(shapes[name] ?? outputs[name] ?? []));
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST;
      const buffer = device.createBuffer({ size: Math.max(bytes, 4), usage });
      const data = inputs[name]?.data;
      if (data) device.queue.writeBuffer(buffer, 0, inMemory(dtype, typedArray(dtype, data)));
      buffers[name] = buffer;
    }
    const plan = planCase(kernel, inputs, each);
    return new BenchRun(
      device,
      prepared,
      buffers,
      timer,
      plan.flops,
      bytesMoved(shapes, plan, prepared.bindings),
    );
  }

  private constructor(
    device: GPUDevice,
    prepared: Prepared<Signature>,
    buffers: Readonly<Record<string, GPUBuffer>>,
    timer: PassTimer | undefined,
    flops: number,
    bytes: number,
  ) {
    this.#device = device;
    this.#prepared = prepared;
    this.#buffers = buffers;
    this.#timer = timer;
    this.flops = flops;
    this.bytes = bytes;
  }

  async sample(dispatches: number): Promise<number> {
    const { elapsed, error } = await timePass(this.#device, this.#timer, (pass) => {
      for (let i = 0; i < dispatches; i++) this.#prepared.encode(pass, this.#buffers);
    });
    checkAccepted(error);
    return ((await this.#timer?.read()) ?? elapsed) / dispatches;
  }

  destroy(): void {
    this.#prepared.destroy();
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}
