import { Chart, type Points } from "../shared/chart.ts";
import { byId } from "../shared/dom.ts";
import { number, powerOfTen } from "../shared/format.ts";
import * as words from "../words/en/optimisers/page.ts";
import * as common from "../words/en/shared/common.ts";
import { lossLine, spokenLosses } from "./loss_line.ts";
import type { Track } from "./race.ts";
import { racers } from "./racers.ts";

const NONE: Points = { x: [], y: [] };

/** Losses on a logarithmic scale, by steps or by function evaluations. */
export class Curves {
  readonly #chart = new Chart(byId("loss-chart"), {
    label: common.lossHeading,
    height: 260,
    titles: { x: words.stepsOrEvaluations, y: common.lossHeading },
    read: (value) => number(10 ** value),
    yValue: (value) => (Number.isInteger(value) ? powerOfTen(value) : ""),
    lines: racers.map(({ name, look }) => ({
      label: words.method(name),
      colour: look.colour,
      dash: look.dash,
    })),
  });

  show(tracks: readonly Track[], shown: (track: Track) => boolean, against: string): void {
    const lines = tracks.map((track) => (shown(track) ? lossLine(track, against) : NONE));
    this.#chart.set(lines, spokenLosses(tracks.filter(shown), against));
  }
}
