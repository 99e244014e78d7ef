import { boolean, count, type Kind } from "../core/kinds.ts";
import { checked, options as optionsKind, type Signature } from "../core/signature.ts";
import type { AnyModule } from "../nn/module/module.ts";

/** What every builder of a network takes. */
export interface ModelOptions {
  /** Channels of the images. Default 3. */
  readonly inChannels?: number;
  /** Logits of an image. Default 1000. */
  readonly numClasses?: number;
  /**
   * A narrow and shallow form of the same blocks and parameter names for images of 28 to 64 pixels, whose stem does not
   * shrink them first: it trains in seconds. Default false.
   */
  readonly small?: boolean;
}

/** A function that builds a network from `ModelOptions` and what else its family offers. */
export type Builder<M extends AnyModule, More extends object = object> = ((
  options?: ModelOptions & More,
) => M) & { readonly signature: Signature };

/** What a builder has of its own. */
interface Family<More extends object> {
  /** Kinds of the options beside those of all. */
  readonly kinds?: { readonly [Name in keyof More]-?: Kind };
  /** Where they differ from those of all. */
  readonly defaults?: ModelOptions;
}

/**
 * A public builder: it checks the options in its own name and gives `make` those of all families with their defaults. To be
 * annotated as pure, like all calls at the top of a module.
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
