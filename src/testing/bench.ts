import { bytesOf, inMemory, type Shape, size, typedArray } from "../core/shape.ts";
import { PassTimer } from "../gpu/pass_timer.ts";
import { bytesMoved, type Case, type Kernel, type KernelModule } from "../kernels/kernel.ts";
import { type Prepared, prepare } from "../kernels/prepare.ts";
import type { Signature } from "../shader/shader.ts";
import { caseInputs, planCase } from "./run_case.ts";

type AnyCase = Case<Kernel<Signature, unknown>>;

/** One kernel on one input, to be timed beside others. */
export interface BenchItem {
  /** Its name in the timing. */
  readonly name: string;
  /** The kernel, with its reference and cases. */
  readonly module: KernelModule;
  /** The input it is timed on. */
  readonly case: AnyCase;
  /** Prepares it. Default `openBench`; that of another version of this library, for a kernel of that version. */
  readonly open?: typeof openBench;
}

/** A kernel with its buffers on the GPU, ready to be timed. */
export interface OpenBench {
  /** Of one dispatch. */
  readonly flops: number;
  /** That must move in one dispatch, by the kernel's plan. */
  readonly bytes: number;
  /** Milliseconds of one of `dispatches` dispatches in one pass. */
  sample(dispatches: number): Promise<number>;
  destroy(): void;
}

/** What a timing found; `ms` is the median time of one dispatch. */
export interface Timing {
  /** The name that the item was given. */
  readonly name: string;
  /** Median time of one dispatch in milliseconds. */
  readonly ms: number;
  /** A quarter of the samples lies below, a quarter above: milliseconds. */
  readonly spread: readonly [number, number];
  /** Floating-point operations over the time, in GFLOP/s. */
  readonly gflops: number;
  /** Bytes that must move, by the kernel's plan, over the time: GB/s. */
  readonly bandwidth: number;
  /** Dispatches timed in all. */
  readonly dispatches: number;
  /** "timestamps" of the GPU, or the "clock" around submit and completion where it has none. */
  readonly by: "timestamps" | "clock";
}

/** Options of `bench`. */
export interface BenchOptions {
  /** Samples of each item, taken in turns so that a slow spell of the machine hits all alike. Default 9. */
  readonly rounds?: number;
  /** Time one sample should take, in milliseconds; it sets the dispatches of a sample. Default 40. */
  readonly sampleMs?: number;
  /** Ask the GPU for timestamps if it has them. Default true; a software adapter is better timed by the clock. */
  readonly timestamps?: boolean;
}

/** Times items in turns on one device. Throws what `prepare` throws, and on a validation error. */
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
    await run.sample(1); // the first dispatch pays for what the driver puts off
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

/** Prepares a kernel and fills its buffers. Throws what `prepare` throws. */
export function openBench(
  device: GPUDevice,
  item: Pick<BenchItem, "module" | "case">,
  timer?: PassTimer,
): Promise<OpenBench> {
  return Run.create(device, item, timer);
}

/** A prepared kernel with its buffers. */
class Run implements OpenBench {
  readonly flops: number;
  readonly bytes: number;
  readonly #device: GPUDevice;
  readonly #prepared: Prepared<Signature>;
  readonly #buffers: Readonly<Record<string, GPUBuffer>>;
  readonly #timer: PassTimer | undefined;

  static async create(
    device: GPUDevice,
    { module, case: each }: Pick<BenchItem, "module" | "case">,
    timer?: PassTimer,
  ) {
    const { kernel } = module;
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
    return new Run(
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
    const device = this.#device;
    device.pushErrorScope("validation");
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass(this.#timer?.descriptor());
    for (let i = 0; i < dispatches; i++) this.#prepared.encode(pass, this.#buffers);
    pass.end();
    this.#timer?.resolve(encoder);
    const commands = encoder.finish();
    await device.queue.onSubmittedWorkDone();
    const start = performance.now();
    device.queue.submit([commands]);
    await device.queue.onSubmittedWorkDone();
    const elapsed = performance.now() - start;
    const error = await device.popErrorScope();
    if (error) throw new Error(`WebGPU refused the dispatch: ${error.message}`);
    return ((await this.#timer?.read()) ?? elapsed) / dispatches;
  }

  destroy(): void {
    this.#prepared.destroy();
    for (const buffer of Object.values(this.#buffers)) buffer.destroy();
  }
}
