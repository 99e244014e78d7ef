import { ValueError } from "../../core/errors.ts";
import { isHostArray } from "../../core/host_array.ts";
import { record, required } from "../../core/kinds.ts";
import { show, type TypedArray } from "../../core/shape.ts";
import { checkArguments, options, signature } from "../../core/signature.ts";
import { tensor } from "../../tensor/create.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** A tensor of a saved state, on the host. */
export interface SavedTensor {
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** State of an optimiser that calls a closure: plain data, or with tensors on the GPU. */
export interface ClosureState<T = SavedTensor> {
  /** Numbers of the optimiser on the host, by name. */
  readonly numbers: Readonly<Record<string, number>>;
  /** Tensors of the optimiser, by name. */
  readonly tensors: Readonly<Record<string, T>>;
}

const saved = /* @__PURE__ */ signature("loadStateDict", {
  state: options<ClosureState>({ numbers: required(record), tensors: required(record) }),
});

/** Throws `ValueError` unless it has the form of a state, with numbers of these names and those of every optimiser. */
export function checkClosureState(who: string, state: ClosureState, own: readonly string[]): void {
  checkArguments(saved, [state]);
  const names = [...own, "iterations", "noiseWeight", "noiseSize"];
  const got = Object.entries(state.numbers);
  const whole =
    got.length === names.length &&
    got.every(([name, value]) => names.includes(name) && typeof value === "number");
  if (whole) return;
  throw new ValueError(
    `${who}: expected the numbers ${names.join(", ")} in its state, got ${JSON.stringify(state.numbers)}; ` +
      "load the state of the same optimiser, from an undamaged file",
  );
}

/** The state with its tensors read. */
export async function saveState(state: ClosureState<Tensor>): Promise<ClosureState> {
  const read = Object.entries(state.tensors).map(
    async ([name, held]) => [name, { shape: held.shape, data: await held.read() }] as const,
  );
  return { numbers: state.numbers, tensors: Object.fromEntries(await Promise.all(read)) };
}

/** Copies saved tensors to the tensors of the same names. Throws `ValueError` if names or shapes differ. */
export function restoreState(
  who: string,
  { tensors }: ClosureState,
  into: Readonly<Record<string, Tensor>>,
): void {
  for (const [name, target] of Object.entries(into)) {
    const { shape, data } = tensors[name] ?? {};
    const fits = Array.isArray(shape) && show(shape) === show(target.shape);
    if (!fits || !isHostArray(data) || data.length !== target.size) {
      throw new ValueError(
        `${who}: expected a state with ${show(target.shape, name)}, got ${Array.isArray(shape) ? show(shape) : "none"}; ` +
          "build the optimiser with the same parameters and options as the saved one",
      );
    }
  }
  for (const [name, target] of Object.entries(into)) {
    using source = tensor(tensors[name]?.data ?? [], {
      shape: target.shape,
      engine: target.engine,
    });
    target.engine.copy(source.storage, target.storage);
  }
}
