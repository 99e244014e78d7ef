import { encodeDispatch } from "../../gpu/dispatch.ts";
import type { Gpu } from "../../gpu/gpu.ts";
import type { Pipeline } from "../../gpu/pipelines.ts";
import type { Replay, Replayable } from "../command.ts";
import type { Dispatch, Upload } from "../dispatch.ts";
import { bindGroup } from "../encode.ts";
import { fuse } from "../fusion/fuse.ts";
import type { Observers } from "../observe/observers.ts";
import { Storage } from "../storage.ts";
import { sortUploads, uploadsOf } from "../uploads.ts";
import { arrange } from "./arrange.ts";
import { type StepCommand, writtenRoots } from "./commands.ts";
import { HostBlock } from "./host_block.ts";
import { lifetimes } from "./lifetimes.ts";
import { assignBuffers, busiest, type Interval } from "./liveness.ts";
import { asRecorded, type ConstantCommands, type Order } from "./order.ts";
import { largestAtPeak, type Tenant } from "./peak.ts";
import type { Recording } from "./recording.ts";
import type { StepPlan } from "./step_plan.ts";

/**
 * A recorded step, planned: commands whose results are not read are removed, storages with separate lifetimes share
 * buffers, and buffers, bind groups and parameters are prepared once for all replays. Encoding it creates nothing.
 */
export class Program implements Replayable {
  readonly plan: StepPlan;
  /** Dispatches and copies of the program, in order. */
  readonly commands: readonly StepCommand[];
  /** The pipeline of each dispatch. */
  readonly pipelines: readonly Pipeline[];
  /** Storages outside the step that it reads or writes. */
  readonly shared: readonly Storage[];
  /** The shared storages that it writes. */
  readonly written: readonly Storage[];
  /** Uploads recorded into storages that exist outside the step: performed once, before the first replay. */
  readonly prelude: readonly Upload[];
  /** Uploads from the host that are the same in every replay. */
  readonly constants: readonly Upload[];
  /** Bytes of each of its own buffers. */
  readonly sizes: readonly number[];
  readonly #gpu: Gpu;
  readonly #recording: Recording;
  readonly #inputs: readonly Storage[];
  readonly #outputs: readonly Storage[];
  readonly #host: HostBlock;
  readonly #places: readonly (readonly [storage: Storage, buffer: number])[];
  readonly #intervals: readonly Interval[];
  readonly #constantCommands: ConstantCommands | undefined;
  #owned: readonly Storage[] | undefined;
  #disposed = false;
  #groups: (GPUBindGroup | undefined)[] = [];
  #bound: readonly (GPUBuffer | undefined)[] = [];

  constructor(
    gpu: Gpu,
    recording: Recording,
    inputs: readonly Storage[],
    outputs: readonly Storage[],
    {
      fuse: fused,
      order = asRecorded,
    }: { readonly fuse: boolean; readonly order?: Order | undefined },
  ) {
    this.#gpu = gpu;
    [this.#inputs, this.#outputs] = [inputs, outputs];
    this.#recording = recording;
    const given = new Set(inputs);
    const isShared = (root: Storage) =>
      !given.has(root) && (root.referenced || !recording.made(root));
    const join = (list: readonly StepCommand[], wanted: (root: Storage) => boolean) =>
      fuse(list, wanted, gpu.pipelines);
    const ends = { inputs, outputs, isShared };
    const arranged = arrange(recording, ends, order, fused ? join : undefined);
    const { commands, constants, kept } = arranged;
    [this.commands, this.#constantCommands] = [commands, constants];
    this.pipelines = this.commands.flatMap(pipelineOf);
    const roots = rootsOf(this.commands, outputs);
    this.shared = [...roots].filter(isShared);
    const written = new Set(commands.flatMap(writtenRoots));
    this.written = this.shared.filter((root) => written.has(root));
    const sorted = sortUploads(uploadsOf(recording.commands), roots, isShared);
    [this.constants, this.prelude] = [sorted.constants, sorted.prelude];
    const taken = ({ root }: Storage) => isShared(root) || written.has(root);
    this.#host = new HostBlock(gpu, commands, sorted.hosted, taken);
    const storages = [...new Set([...roots, ...inputs])].filter(
      (root) => !isShared(root) && !this.#host.holds(root),
    );
    this.#intervals = lifetimes(commands, storages, {
      early: new Set([...inputs, ...this.#host.written, ...kept]),
      late: new Set([...outputs, ...kept]),
    });
    const { buffers, sizes } = assignBuffers(this.#intervals);
    this.sizes = [...sizes, this.#host.bytes];
    this.#places = storages.map((storage, i) => [storage, buffers[i] as number]);
    this.plan = {
      dispatches: this.pipelines.length,
      ...arranged.counts,
      buffers: this.sizes.length,
      bytes: sum(this.sizes),
      leastBytes: busiest(this.#intervals) + this.#host.bytes,
      sharedBytes: sum(this.shared.map(({ capacity }) => capacity)),
    };
  }

  /** Description of where a storage lies: a buffer of the step, the host block, or a storage that the step does not own. */
  placeOf(storage: Storage): string {
    const [, buffer] = this.#places.find(([placed]) => placed.root === storage.root) ?? [];
    if (buffer !== undefined) return `buffer ${buffer}`;
    return this.#host.holds(storage) ? "host" : `shared ${this.shared.indexOf(storage.root)}`;
  }

  /** The largest tensors that are alive when the bytes alive are at their maximum. */
  largest(count: number): Tenant[] {
    const storages = this.#places.map(([storage]) => storage);
    return largestAtPeak(this.commands, storages, this.#intervals, count);
  }

  /** Host data of the next replay, packed; with `recorded`, the data of the recorded run. Undefined if there is none. */
  hostData(recorded: boolean): Uint32Array<ArrayBuffer> | undefined {
    return this.#host.pack(recorded);
  }

  /** Encodes the whole step: a copy of the host data, the inputs, one pass, the outputs. */
  encode(encoder: GPUCommandEncoder, replay: Replay, { timer, watch }: Observers = {}): void {
    this.begin(encoder, replay);
    watch?.forget();
    let pass: GPUComputePassEncoder | undefined;
    const skipped = this.#constantCommands?.hold ? this.plan.constant : 0;
    this.#constantCommands?.computed();
    this.commands.forEach((command, i) => {
      if (i < skipped) return;
      if (command.kind === "copy") {
        pass?.end();
        pass = undefined;
        copy(encoder, ...command.storages);
        watch?.forget();
        return;
      }
      if (timer) pass?.end(); // one pass per dispatch, for its own timestamps
      if (timer || !pass) pass = encoder.beginComputePass(timer?.pass(command));
      watch?.before(pass, command);
      this.dispatch(pass, i, command);
      watch?.after(pass, command);
    });
    pass?.end();
    this.end(encoder, replay);
    watch?.forget();
  }

  /** Encodes what precedes the commands: host data and inputs. */
  begin(encoder: GPUCommandEncoder, replay: Replay): void {
    this.#prepare();
    if (replay.host) this.#host.copyFrom(encoder, replay.host);
    for (const [i, to] of this.#inputs.entries()) copy(encoder, replay.inputs[i] as Storage, to);
    this.#host.spread(encoder);
  }

  /** Encodes command i, a dispatch. */
  dispatch(pass: GPUComputePassEncoder, i: number, { pipeline, grid }: Dispatch): void {
    const group = this.#groups[i] as GPUBindGroup;
    encodeDispatch(pass, pipeline, group, this.#host.dynamicOffset(i), grid);
    this.#gpu.counters.dispatches++;
  }

  /** Encodes the copies of the results, which follow the commands. */
  end(encoder: GPUCommandEncoder, replay: Replay): void {
    for (const root of this.written) root.version++;
    for (const { root } of replay.outputs) root.version++;
    for (const [i, to] of replay.outputs.entries()) copy(encoder, this.#outputs[i] as Storage, to);
    if (this.#disposed) this.#free();
  }

  /** Called when encoded commands did not run: the device may have refused buffers, so they are made again. */
  forget(): void {
    this.#constantCommands?.forget();
    this.#free();
  }

  /** Kernel options of every command for the next replay, or as recorded. */
  options(recorded: boolean): unknown[] {
    return this.commands.map((command) => {
      const call = command.kind === "dispatch" ? command.call : undefined;
      return call?.refresh && !recorded ? call.refresh() : call?.options;
    });
  }

  /** Frees its buffers and releases the storages it shares. Replays that are still queued run, and free theirs. */
  dispose(): void {
    this.#disposed = true;
    for (const command of this.#recording.commands) {
      for (const storage of command.storages) storage.dequeue();
    }
    this.#free();
  }

  #free(): void {
    for (const storage of this.#owned ?? []) storage.destroy();
    this.#host.destroy();
    this.#owned = undefined;
    this.#groups = [];
  }

  /** Allocates buffers at the first call; creates bind groups then, and again when a shared storage has another buffer. */
  #prepare(): void {
    if (!this.#owned) this.#allocate();
    for (const storage of this.shared) storage.materialize();
    const buffers = this.shared.map(({ buffer }) => buffer);
    if (this.#groups.length > 0 && buffers.every((buffer, i) => buffer === this.#bound[i])) return;
    this.#bound = buffers;
    this.#constantCommands?.forget();
    this.#groups = this.commands.map((command) =>
      command.kind === "copy" ? undefined : bindGroup(this.#gpu, command, this.#host.buffer),
    );
  }

  #allocate(): void {
    const owned = this.sizes.slice(0, -1).map((bytes) => Storage.planned(this.#gpu, bytes));
    this.#owned = owned;
    for (const [storage, buffer] of this.#places) storage.moveInto(owned[buffer] as Storage, 0);
    this.#host.allocate();
  }
}

const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

/** Encodes a copy from one storage to another. */
export function copy(encoder: GPUCommandEncoder, from: Storage, to: Storage): void {
  if (from.bytes === 0) return;
  const [source, target] = [from.buffer as GPUBuffer, to.buffer as GPUBuffer];
  encoder.copyBufferToBuffer(source, from.offset, target, to.offset, from.bytes);
}

const pipelineOf = (command: StepCommand): Pipeline[] =>
  command.kind === "dispatch" ? [command.pipeline] : [];

const rootsOf = (commands: readonly StepCommand[], outputs: readonly Storage[]): Set<Storage> =>
  new Set([...commands.flatMap(({ storages }) => storages), ...outputs].map(({ root }) => root));
