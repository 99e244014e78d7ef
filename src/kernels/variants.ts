import type { Shape } from "../core/shape.ts";
import type { Shader, Signature } from "../shader/shader.ts";
import type { InputShapes, Kernel, Names, Plan } from "./kernel.ts";

/** A candidate for some work. Its name is the same for similar work, and unique among the candidates. */
export interface Named {
  readonly name: string;
}

/** One of several kernels that compute the same result. */
export interface Variant<K> extends Named {
  readonly kernel: K;
}

/** All candidates for some work, likely fastest first; at least one. */
export type Candidates<C> = readonly [C, ...C[]] | readonly [...C[], C];

/** One dispatch, described by its shapes, so that it can be measured. */
export interface Call {
  readonly shader: Shader;
  /** Shapes of the inputs, by binding. */
  readonly inputs: Readonly<Record<string, Shape>>;
  /** Throws the errors of the kernel's plan. */
  plan(): Plan;
}

/** Work for which there are several candidates. */
export interface Question<C extends Named = Named> {
  /** Family, layout and size classes: a measurement for one problem is used for all problems with the same key. */
  readonly key: string;
  readonly candidates: Candidates<C>;
  /** All dispatches of the work with this candidate, including those that complete its kernel's result. */
  calls(candidate: C): readonly Call[];
}

/** What a choice between candidates depends on besides the sizes. */
export interface Chooser {
  /** True when the CPU emulates a GPU: barriers are expensive there, and kernels without them are nearly always faster. */
  readonly software: boolean;
  /** Names of the candidates that measurements on this adapter found to be faster than the first, by key. */
  readonly tuned?: ReadonlyMap<string, string>;
  /** Called for every question. */
  readonly asked?: (question: Question) => void;
  /**
   * Whether weights are the same in every run, as in inference: results computed from them alone cost nothing, and a faster
   * kernel pays off even if its pipeline takes long to compile. Default false.
   */
  readonly constantWeights?: boolean | undefined;
}

/** The candidate measured to be the fastest, or the first. Without side effects, except calling `asked`. */
export function choose<C extends Named>(question: Question<C>, { tuned, asked }: Chooser): C {
  asked?.(question);
  const { candidates, key } = question;
  const winner = tuned?.get(key);
  const known = winner === undefined ? undefined : candidates.find(({ name }) => name === winner);
  return known ?? candidates[0];
}

type GivenShapes<S extends Signature> = Readonly<
  Record<Names<S["reads"]> | Names<S["inouts"]>, Shape>
> &
  Readonly<Partial<Record<Names<S["optional"]>, Shape | undefined>>>;

/** A kernel's dispatch for these shapes and options. */
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

/** Kernels load one element at a time if a size is not a multiple of this. */
const VECTOR = 4;

/**
 * Size classes, "m256n64~k1024": the nearest power of two of each size, on a logarithmic scale, with a mark if four
 * elements cannot be loaded at once because the size is not a multiple of 4.
 */
export function sizeClasses(sizes: Readonly<Record<string, number>>): string {
  return Object.entries(sizes)
    .map(([name, n]) => {
      const power = n > 0 ? 2 ** Math.round(Math.log2(n)) : 0;
      return `${name}${power}${n > VECTOR && n % VECTOR !== 0 ? "~" : ""}`;
    })
    .join("");
}
