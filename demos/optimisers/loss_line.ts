import type { Points } from "../shared/chart.ts";
import type { Track } from "./race.ts";

/** Smaller losses are drawn at this value: float32 does not resolve them. */
const FLOOR = 1e-14;

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10⁻³ */
export const power = (exponent: number) =>
  `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map((d) => superscripts[Number(d)]).join("")}`;

/** log₁₀ of a track's losses, up to the first that is not a number, by steps or evaluations. */
export function lossLine({ losses, evaluations }: Track, against: string): Points {
  const finite = losses.findIndex((loss) => !Number.isFinite(loss));
  const y = losses.slice(0, finite < 0 ? undefined : finite);
  const x = against === "evaluations" ? evaluations : losses.map((_, k) => k);
  return { x: x.slice(0, y.length), y: y.map((loss) => Math.log10(Math.max(loss, FLOOR))) };
}
