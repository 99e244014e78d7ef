import { Chart, type Points } from "../shared/chart.ts";
import { byId } from "../shared/dom.ts";
import { number } from "../shared/format.ts";
import type { Track } from "./race.ts";
import { racers } from "./racers.ts";

const NONE: Points = { x: [], y: [] };
/** Losses below this are drawn there: float32 has nothing to say about them. */
const FLOOR = 1e-14;

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const power = (exponent: number) =>
  `10${exponent < 0 ? "⁻" : ""}${[...String(Math.abs(exponent))].map((d) => superscripts[Number(d)]).join("")}`;

/** Losses on a logarithmic scale, against steps or function evaluations. */
export class Curves {
  readonly #chart = new Chart(byId("loss-chart"), {
    label: "Loss",
    height: 260,
    titles: { x: "Steps or evaluations", y: "Loss" },
    read: (value) => number(10 ** value),
    yValue: (value) => (Number.isInteger(value) ? power(value) : ""),
    lines: racers.map(({ name, look }) => ({ label: name, colour: look.colour, dash: look.dash })),
  });

  show(tracks: readonly Track[], shown: (track: Track) => boolean, against: string): void {
    const lines = tracks.map((track) => {
      if (!shown(track)) return NONE;
      const finite = track.losses.findIndex((loss) => !Number.isFinite(loss));
      const y = track.losses.slice(0, finite < 0 ? undefined : finite);
      const x = against === "evaluations" ? track.evaluations : track.losses.map((_, k) => k);
      return { x: x.slice(0, y.length), y: y.map((loss) => Math.log10(Math.max(loss, FLOOR))) };
    });
    this.#chart.set(lines, `Loss by ${against}, logarithmic`);
  }
}
