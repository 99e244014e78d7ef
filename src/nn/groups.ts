import { ValueError } from "../core/errors.ts";

/**
 * Input and output channels per group for `groups` (default 1) groups. Throws `ValueError` unless it divides both numbers
 * of channels.
 */
export function channelsOfGroup(
  who: string,
  inChannels: number,
  outChannels: number,
  { groups = 1 }: { readonly groups?: number },
): readonly [inChannels: number, outChannels: number] {
  if (inChannels % groups === 0 && outChannels % groups === 0) {
    return [inChannels / groups, outChannels / groups];
  }
  throw new ValueError(
    `${who}: expected groups that divide ${inChannels} and ${outChannels} channels, got ${groups}; change one of them`,
  );
}
