import { DeviceLostError, ValueError, WgradError } from "../core/errors.ts";
import { callback, gpuDevice, optional } from "../core/kinds.ts";
import { checkedAsync, describe, options } from "../core/signature.ts";
import { requestAdapter, requestDevice } from "../gpu/adapter.ts";
import { currentEngine, type Engine } from "../scheduler/engine.ts";
import type { Failure } from "../scheduler/storage.ts";
import { engineKind } from "./kinds.ts";

/** Where the other device comes from. */
export interface RecoverDeviceOptions {
  /** Gives another device in the place of your own. Needed where `init()` was given a device, and only there. */
  readonly device?: () => GPUDevice | Promise<GPUDevice>;
}

/** Milliseconds to wait for an adapter: a browser starts another process of the GPU first. */
const PATIENCE = 10_000;
const PAUSE = 100;

/** Why a value is not there that only the device had which was lost. */
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

/** Engines whose device is being exchanged. */
const exchanging = new WeakMap<Engine, Promise<void>>();

/**
 * Goes on with another GPU device once the engine's is lost: a fresh adapter and device by what `init()` was given; pipelines
 * are compiled anew, captured steps recorded anew. The engine stays the same object, and so do tensors and modules, but
 * their values are gone: reading or using one rejects by its name until something overwrites it. `loadStateDict` refuses them as
 * well: a training has them put back by `fit` with a `Recovery`; otherwise build the model again and load its state.
 *
 *     engine.onLost = async (error) => {
 *       console.warn(error.message);
 *       await recoverDevice(engine);
 *       await start(); // builds the model again
 *     };
 *
 * Does nothing while the device is there; calls at the same time share one exchange. Waits up to ten seconds for an adapter.
 * Throws `NoAdapterError` if none comes back, and `ValueError` for an engine that inspects, whose faults would be another's,
 * and where `init()` was given a device and `device` is missing, or the other way round.
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

/** Throws `ValueError` unless the engine could go on with another device; `given` says whether the caller has one. */
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
  engine.clear(engine.allocate("recoverDevice", [1])); // so that there is something to refuse
  await engine.flush().catch(() => undefined); // what waits is given up
  const { device, info } = given ? await another(engine, given) : await whenThere(engine);
  pool.bury();
  pool.trim();
  staging.trim();
  const { reason } = await gpu.device.lost;
  gpu.gone = new LostValueError(reason);
  gpu.use(device, info);
}

/** What an engine runs on. */
interface Found {
  readonly device: GPUDevice;
  readonly info: GPUAdapterInfo | undefined;
}

async function another({ gpu }: Engine, give: () => unknown): Promise<Found> {
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

/** Asks until the browser has an adapter again. */
async function whenThere({ options }: Engine): Promise<Found> {
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
 * The loss that an error comes from, if the engine has lost this device. A value that is missing though the device is there
 * was lost with an earlier one, and never put back.
 */
export async function lossSince(
  { gpu }: Engine,
  device: GPUDevice | undefined,
  error: unknown,
): Promise<DeviceLostError | undefined> {
  const loss = lossIn(error);
  // whoever threw it may know of the loss before WebGPU reports it: an error of unknown cause waits for that
  if (loss && !gpu.lost && gpu.device === device) await gpu.reason(new Error(loss.message));
  return gpu.lost || gpu.device !== device ? loss : undefined;
}

/** The loss of a device that an error comes from, if it does. */
function lossIn(error: unknown): DeviceLostError | undefined {
  if (error instanceof DeviceLostError) return error;
  return error instanceof WgradError ? lossIn(error.cause) : undefined;
}
