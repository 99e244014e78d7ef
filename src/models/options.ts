import { boolean, count, type Kind } from "../core/kinds.ts";
import { type CallSignature, checked, options as optionsKind } from "../core/signature.ts";
import type { AnyModule } from "../nn/module/module.ts";

/** Options of every builder of a network. */
export interface ModelOptions {
  /** Number of channels of the images. Default 3. */
  readonly inChannels?: number;
  /** Number of logits of an image. Default 1000. */
  readonly numClasses?: number;
  /**
   * Whether to build a narrow and shallow form with the same blocks and parameter names, for images of 28 to 64 pixels,
   * whose stem does not reduce them: it trains in seconds. Default false.
   */
  readonly small?: boolean;
}

/** A function that builds a network from `ModelOptions` and the options of its family. */
export type Builder<M extends AnyModule, More extends object = object> = ((
  options?: ModelOptions & More,
) => M) & { readonly signature: CallSignature };

/** Options and defaults of one family. */
interface Family<More extends object> {
  /** Kinds of the options in addition to those of all families. */
  readonly kinds?: { readonly [Name in keyof More]-?: Kind };
  /** Defaults that differ from those of all families. */
  readonly defaults?: ModelOptions;
}

/**
 * Makes a public builder: it checks the options in its own name and calls `make` with the options and their defaults.
 * Annotate the call as pure, like all calls at the top level of a module.
 */
export function builder<M extends AnyModule, More extends object = object>(
  name: string,
  make: (options: Required<ModelOptions> & More) => M,
  { kinds, defaults }: Family<More> = {},
): Builder<M, More> {
  const known = { inChannels: count, numClasses: count, small: boolean, ...kinds };
  const kind = optionsKind<Record<string, unknown>>(known);
  const usual = { inChannels: 3, numClasses: 1000, small: false, ...defaults };
  return checked(name, { options: kind }, (given?: ModelOptions & More): M => {
    const { inChannels = usual.inChannels, numClasses = usual.numClasses } = given ?? {};
    const { small = usual.small } = given ?? {};
    return make({ ...(given as More), inChannels, numClasses, small });
  });
}
