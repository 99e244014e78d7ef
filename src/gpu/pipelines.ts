import { ShaderError } from "../core/errors.ts";
import { messageOf } from "../core/realm.ts";
import {
  type Binding,
  bindingsOf,
  locate,
  overridesOf,
  type Shader,
  type SlotFill,
  source,
} from "../shader/shader.ts";
import type { Counters } from "./counters.ts";

/** A compiled shader, or one that is still compiling. */
export interface Pipeline extends PipelineSource {
  readonly key: string;
  readonly bindings: readonly Binding[];
  readonly layout: GPUBindGroupLayout;
  /** Undefined until compiled. */
  compiled: GPUComputePipeline | undefined;
}

/** Kernel, slots and overrides: together they identify a pipeline. */
export interface PipelineSource {
  readonly shader: Shader;
  readonly slots: SlotFill;
  readonly overrides: Readonly<Record<string, number>>;
}

/** The parts of `Gpu` that compiling pipelines needs. */
interface PipelineGpu {
  readonly device: GPUDevice;
  readonly counters: Pick<Counters, "pipelinesCompiled">;
  /** The cause of an error: the device's loss if there was one, else the error itself. */
  reason(error: unknown): Promise<Error>;
}

/** Compiled pipelines by (kernel, slots, overrides); sizes are uniforms, so shapes never add to it. */
export class PipelineCache {
  readonly #gpu: PipelineGpu;
  readonly #pipelines = new Map<string, Pipeline>();
  readonly #layouts = new Map<string, { group: GPUBindGroupLayout; pipeline: GPUPipelineLayout }>();
  readonly #compiling = new Map<string, Promise<void>>();

  constructor(gpu: PipelineGpu) {
    this.#gpu = gpu;
  }

  /** The pipeline of a shader with these slots and overrides; it may still have to be compiled. */
  get(wanted: PipelineSource): Pipeline {
    const key = keyOf(wanted);
    const known = this.#pipelines.get(key);
    if (known) return known;
    const bindings = bindingsOf(wanted.shader, wanted.slots);
    const { group } = this.#layout(bindings, wanted.shader.paramsSize);
    const pipeline = { ...wanted, key, bindings, layout: group, compiled: undefined };
    this.#pipelines.set(key, pipeline);
    return pipeline;
  }

  /**
   * Compiles all of these pipelines that are not compiled yet, in parallel and off the main thread; `onCompiled` is called
   * after each.
   */
  async compile(pipelines: Iterable<Pipeline>, onCompiled?: () => void): Promise<void> {
    const missing = new Set([...pipelines].filter((pipeline) => !pipeline.compiled));
    const compiled = [...missing].map((pipeline) => this.#compileOne(pipeline).then(onCompiled));
    for (const each of await Promise.allSettled(compiled)) {
      if (each.status === "rejected") throw each.reason as Error;
    }
  }

  #compileOne(pipeline: Pipeline): Promise<void> {
    const running = this.#compiling.get(pipeline.key);
    if (running) return running;
    const work = this.#create(pipeline).finally(() => this.#compiling.delete(pipeline.key));
    this.#compiling.set(pipeline.key, work);
    return work;
  }

  async #create(pipeline: Pipeline): Promise<void> {
    const { shader, slots, overrides } = pipeline;
    const code = source(shader, slots);
    const has = overridesOf(shader, slots);
    const constants = Object.fromEntries(
      Object.entries(overrides).filter(([name]) => has.has(name)),
    );
    const { device, counters } = this.#gpu;
    const module = device.createShaderModule({ code, label: pipeline.key });
    try {
      pipeline.compiled = await device.createComputePipelineAsync({
        label: pipeline.key,
        layout: this.#layout(pipeline.bindings, shader.paramsSize).pipeline,
        compute: { module, entryPoint: "main", constants },
      });
    } catch (cause) {
      const error = new ShaderError(await explain(shader, code, module, cause), { cause });
      throw await this.#gpu.reason(error);
    }
    counters.pipelinesCompiled++;
  }

  #layout(bindings: readonly Binding[], paramsSize: number) {
    const signature = `${paramsSize};${bindings.map((b) => `${b.index}${b.access}`).join()}`;
    const known = this.#layouts.get(signature);
    if (known) return known;
    const { device } = this.#gpu;
    const uniform: GPUBindGroupLayoutEntry = {
      binding: 0,
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: "uniform", hasDynamicOffset: true, minBindingSize: paramsSize },
    };
    const group = device.createBindGroupLayout({
      entries: [
        ...(paramsSize ? [uniform] : []),
        ...bindings.map(({ index, access }) => ({
          binding: index,
          visibility: GPUShaderStage.COMPUTE,
          buffer: {
            type: access === "read" ? ("read-only-storage" as const) : ("storage" as const),
          },
        })),
      ],
    });
    const pipeline = device.createPipelineLayout({ bindGroupLayouts: [group] });
    const layout = { group, pipeline };
    this.#layouts.set(signature, layout);
    return layout;
  }
}

function keyOf({ shader, slots, overrides }: PipelineSource): string {
  const list = (values: Readonly<Record<string, string | number>>) =>
    Object.entries(values)
      .sort()
      .map(([name, value]) => `${name}=${value}`)
      .join(",");
  return `${shader.path}(${list(slots)}|${list(overrides)})`;
}

async function explain(
  shader: Shader,
  code: string,
  module: GPUShaderModule,
  cause: unknown,
): Promise<string> {
  const info = await module.getCompilationInfo().catch(() => undefined); // the device may be lost
  const errors = (info?.messages ?? [])
    .filter((message) => message.type === "error")
    .map(({ lineNum, linePos, message }) => `${place(code, lineNum, linePos)}: ${message}`);
  const reason = errors.join("\n") || messageOf(cause);
  return `${shader.path} does not compile:\n${reason}`;
}

/**
 * File and line of a compiler message. In the built library, where a line is a whole declaration, the text at the error
 * instead.
 */
function place(code: string, lineNum: number, linePos: number): string {
  const { file, line } = locate(code, lineNum);
  if (file.endsWith(".wgsl")) return `${file}:${line}:${linePos}`;
  const text = code.split("\n")[lineNum - 1] ?? "";
  return `near '${text.slice(Math.max(linePos - 30, 0), linePos + 30)}'`;
}
