import { DeviceLostError, ValueError, WgradError } from "../core/errors.ts";
import { callback, gpuDevice, optional } from "../core/kinds.ts";
import { checkedAsync, describe, options } from "../core/signature.ts";
import { requestAdapter, requestDevice } from "../gpu/adapter.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import { type Failure, Storage } from "../scheduler/storage.ts";
import { engineKind } from "./kinds.ts";

/** Source of the new device. */
export interface RecoverDeviceOptions {
  /** Returns a new device if `init()` was given one: required then, and refused otherwise. */
  readonly device?: () => GPUDevice | Promise<GPUDevice>;
}

/** Milliseconds to wait for an adapter: the browser has to restart its GPU process first. */
const PATIENCE = 10_000;
const PAUSE = 100;

/** The error for values that were lost with their device. */
class LostValueError extends DeviceLostError implements Failure {
  override name = "DeviceLostError";
  readonly #reason: string;

  constructor(reason: string) {
    super(
      `wgrad: expected a value on the GPU, got one that was lost with the GPU device (${reason}); ${ADVICE}`,
    );
    this.#reason = reason;
  }

  of(tensor: { toString(): string }, who: string): Error {
    return new DeviceLostError(
      `${who}: expected a tensor on the GPU, got ${tensor}, which was lost with the GPU device (${this.#reason}); ${ADVICE}`,
    );
  }
}

const ADVICE = "make it anew, load its state, or name it in the keep of a Recovery";

/** Engines whose device is being replaced. */
const exchanging = new WeakMap<Engine, Promise<void>>();

/**
 * Replaces the engine's GPU device after it was lost: a new adapter and device with the options of `init()`; pipelines are
 * compiled and captured steps recorded anew. The engine, tensors and modules stay the same objects, but their values are
 * lost: reading or using a tensor rejects with its name until it is overwritten. `loadStateDict` refuses such tensors as
 * well: `fit` with a `Recovery` restores a training; otherwise build the model again and load its state.
 *
 *     engine.onLost = async (error) => {
 *       console.warn(error.message);
 *       await recoverDevice(engine);
 *       await start(); // builds the model again
 *     };
 *
 * Does nothing unless the device was lost; simultaneous calls share one replacement. Waits up to ten seconds for an
 * adapter. Throws `NoAdapterError` if there is none by then, and `ValueError` for an engine with `inspect`, or if exactly
 * one of `init()` and this call was given a device.
 */
export const recoverDevice = /* @__PURE__ */ checkedAsync(
  "recoverDevice",
  {
    engine: /* @__PURE__ */ optional(engineKind),
    options: /* @__PURE__ */ options<RecoverDeviceOptions>({ device: callback }),
  },
  async (
    engine: Engine = currentEngine(),
    { device }: RecoverDeviceOptions = {},
  ): Promise<void> => {
    checkRecoverable("recoverDevice", engine, device !== undefined);
    const running = exchanging.get(engine) ?? exchange(engine, device);
    exchanging.set(engine, running);
    await running.finally(() => exchanging.delete(engine));
  },
);

/** Throws `ValueError` if the engine cannot get another device; `given` says whether the caller supplies one. */
export function checkRecoverable(
  who: string,
  { inspected, options }: Engine,
  given: boolean,
): void {
  if (inspected) {
    throw new ValueError(
      `${who}: expected an engine that inspects nothing, got one with inspect; init() without it to recover`,
    );
  }
  if (given === (options.device !== undefined)) return;
  throw new ValueError(
    given
      ? `${who}: expected no device, as init() found its own, got a function; leave it out`
      : `${who}: expected device, a function that gives another GPUDevice, as init() was given one, got none; request ` +
          "it from a new adapter",
  );
}

async function exchange(engine: Engine, given: RecoverDeviceOptions["device"]): Promise<void> {
  const { gpu } = engine;
  const { lost, pool, staging } = gpu;
  if (!lost) return;
  engine.clear(new Storage(gpu, 4)); // so that the flush has a command to refuse
  await engine.flush().catch(() => undefined); // waiting commands are dropped
  const { device, info } = given ? await another(engine, given) : await whenThere(engine);
  pool.bury();
  pool.trim();
  staging.trim();
  const { reason } = await gpu.device.lost;
  gpu.gone = new LostValueError(reason);
  gpu.use(device, info);
}

/** A device and its adapter info. */
interface FoundDevice {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo | undefined;
}

async function another({ gpu }: Engine, give: () => unknown): Promise<FoundDevice> {
  const device = await give();
  if (gpuDevice.accepts(device) && device !== gpu.device) {
    const own = device as GPUDevice;
    return { device: own, info: own.adapterInfo };
  }
  const got = device === gpu.device ? "the one that was lost" : describe(device);
  throw new ValueError(
    `recoverDevice: expected device to give another GPUDevice, got ${got}; request one from a new adapter`,
  );
}

/** Requests an adapter repeatedly until the browser has one again. */
async function whenThere({ options }: Engine): Promise<FoundDevice> {
  const end = performance.now() + PATIENCE;
  for (;;) {
    try {
      const adapter = await requestAdapter(options.adapter);
      return { device: await requestDevice(adapter), info: adapter.info };
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

/**
 * The loss that an error comes from, if the engine has lost this device. A value that is missing on a working device was
 * lost with an earlier one and never restored.
 */
export async function lossSince(
  { gpu }: Engine,
  device: GPUDevice | undefined,
  error: unknown,
): Promise<DeviceLostError | undefined> {
  const loss = lossIn(error);
  // the error may arrive before WebGPU reports the loss: wait for that if the cause is unknown
  if (loss && !gpu.lost && gpu.device === device) await gpu.reason(new Error(loss.message));
  return gpu.lost || gpu.device !== device ? loss : undefined;
}

/** The DeviceLostError that an error is or was caused by; undefined if none. */
function lossIn(error: unknown): DeviceLostError | undefined {
  if (error instanceof DeviceLostError) return error;
  return error instanceof WgradError ? lossIn(error.cause) : undefined;
}
