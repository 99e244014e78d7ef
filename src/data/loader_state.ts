import { ValueError } from "../core/errors.ts";
import type { LoaderOrder, LoaderPlace, LoaderState } from "./loader_options.ts";

/** The place in a saved state. Throws `ValueError` unless it is one of a loader with this order and this many batches. */
export function placeIn(
  state: LoaderState,
  own: LoaderOrder,
  batchesPerEpoch: number,
): LoaderPlace {
  const { epoch, position, order } = state;
  for (const [name, wanted] of Object.entries({ sampler: undefined, ...own })) {
    const got = order?.[name as keyof LoaderOrder];
    if (got === wanted) continue;
    throw new ValueError(
      `DataLoader: expected the state of a loader with ${name} ${wanted}, got ${got}; make it with the same options`,
    );
  }
  const fits = Number.isInteger(epoch) && epoch >= 0 && Number.isInteger(position);
  if (!fits || position < 0 || position >= batchesPerEpoch) {
    throw new ValueError(
      `DataLoader: expected an epoch ≥ 0 and a position below ${batchesPerEpoch}, got ${epoch} and ${position}; ` +
        "the state is damaged",
    );
  }
  return { epoch, position };
}
