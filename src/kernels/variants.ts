import type { Shape } from "../core/shape.ts";
import type { Shader, Signature } from "../shader/shader.ts";
import type { InputShapes, Kernel, Plan } from "./kernel.ts";

/** A way to do some work. The name is the same for similar work, and unique among the candidates. */
export interface Named {
  readonly name: string;
}

/** One of several kernels that compute the same. */
export interface Variant<K> extends Named {
  readonly kernel: K;
}

/** All ways to do some work, the one that should be fastest first; one at least. */
export type Candidates<C> = readonly [C, ...C[]] | readonly [...C[], C];

/** One dispatch, by its shapes: what it takes to measure it. */
export interface Call {
  readonly shader: Shader;
  /** Shapes of what the caller brings, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Throws what the kernel's plan throws. */
  plan(): Plan;
}

/** Work for which there are several kernels. */
export interface Question<C extends Named = Named> {
  /** Family, layout and classes of the sizes: what is measured for one problem holds for all with its key. */
  readonly key: string;
  readonly candidates: Candidates<C>;
  /** The dispatches of the work when this candidate does it, those that finish what its kernel leaves over included. */
  calls(candidate: C): readonly Call[];
}

/** What a choice depends on besides the sizes. */
export interface Chooser {
  /** True when the CPU emulates a GPU: barriers are expensive there, and the kernels without them nearly always win. */
  readonly software: boolean;
  /** Names of the candidates that measurements on this adapter found faster than the first, by key. */
  readonly tuned?: ReadonlyMap<string, string>;
  /** Told of every question. */
  readonly asked?: (question: Question) => void;
  /**
   * Whether weights stay as they are from run to run, as in inference: what is computed from them alone costs nothing, and a
   * faster kernel pays even if its pipeline takes long to compile. Default false.
   */
  readonly constantWeights?: boolean | undefined;
}

/** The candidate that was measured to be fastest, else the first. Pure but for `asked`. */
export function choose<C extends Named>(question: Question<C>, { tuned, asked }: Chooser): C {
  asked?.(question);
  const { candidates, key } = question;
  const winner = tuned?.get(key);
  const known = winner === undefined ? undefined : candidates.find(({ name }) => name === winner);
  return known ?? candidates[0];
}

type Names<T> = Extract<keyof T, string>;
type GivenShapes<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Shape>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Shape | undefined>>>;

/** A kernel's dispatch for such shapes and options. */
export function call<S extends Signature, Options>(
  { shader, plan }: Kernel<S, Options>,
  shapes: NoInfer<GivenShapes<S>>,
  options: NoInfer<Options>,
): Call {
  const given = Object.entries<Shape | undefined>(shapes).filter(
    (entry): entry is [string, Shape] => entry[1] !== undefined,
  );
  const inputs = Object.fromEntries(given);
  return { shader, inputs, plan: () => plan(inputs as InputShapes<S>, options) as Plan };
}

/** Where sizes above it stop to be a multiple of 4, kernels load one element at a time. */
const VECTOR = 4;

/**
 * Classes of sizes, "m256n64~k1024": the nearest power of two of each, on a logarithmic scale, marked where four elements
 * cannot be loaded at once because the size is no multiple of 4.
 */
export function sizeClasses(sizes: Readonly<Record<string, number>>): string {
  return Object.entries(sizes)
    .map(([name, n]) => {
      const power = n > 0 ? 2 ** Math.round(Math.log2(n)) : 0;
      return `${name}${power}${n > VECTOR && n % VECTOR !== 0 ? "~" : ""}`;
    })
    .join("");
}
