import type { Points } from "../shared/chart.ts";
import { number } from "../shared/format.ts";
import * as words from "../words/en/optimisers/page.ts";
import type { Track } from "./race.ts";

/** Smaller losses are drawn at this value: float32 does not resolve them. */
const FLOOR = 1e-14;

/** log₁₀ of a track's losses, up to the first that is not a number, by steps or evaluations. */
export function lossLine({ losses, evaluations }: Track, against: string): Points {
  const finite = losses.findIndex((loss) => !Number.isFinite(loss));
  const y = losses.slice(0, finite < 0 ? undefined : finite);
  const x = against === "evaluations" ? evaluations : losses.map((_, k) => k);
  return { x: x.slice(0, y.length), y: y.map((loss) => Math.log10(Math.max(loss, FLOOR))) };
}

/** The text of a chart of losses for screen readers. */
export function spokenLosses(tracks: readonly Track[], against: string): string {
  const ends = tracks.map(({ racer, losses }) => {
    const loss = losses.at(-1);
    const said = Number.isFinite(loss) ? number(Number(loss)) : undefined;
    return words.endsAt(words.method(racer.name), said);
  });
  return words.lossBy(against, ends.join(", "));
}
