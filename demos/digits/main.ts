import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { enableOpeners, jobsOfCards } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { byId } from "../shared/dom.ts";
import { Experiments } from "../shared/experiments.ts";
import { choice, Slider } from "../shared/fields.ts";
import { openPage, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import * as words from "../words/en/digits/page.ts";
import { digits, type Split, withOwn } from "./data.ts";
import { isBlank, pixelsOf, readBitmap, writeBitmap } from "./drawing/bitmap.ts";
import { Pad } from "./drawing/pad.ts";
import { experiments } from "./experiments.ts";
import { MapPanel } from "./map/panel.ts";
import { Mine } from "./mine.ts";
import { ModelsPanel } from "./models/panel.ts";
import { NeighboursPanel } from "./neighbours/panel.ts";
import { type Pixels, readOwn } from "./own.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings, metrics, type Settings } from "./settings.ts";
import { paint } from "./tile.ts";

/** Number of neighbours that the map draws lines to. */
const LINES = 10;

/** The drawing as 8 × 8 pixels; undefined while the sheet is empty. */
function drawnIn({ drawing, centre }: Settings): Pixels | undefined {
  const bitmap = readBitmap(drawing);
  return isBlank(bitmap) ? undefined : pixelsOf(bitmap, centre);
}

function addFields(settings: Settings, changed: () => void): void {
  const k = new Slider({
    ...{ id: "k", label: words.neighboursThatVote, min: 1, max: 100, step: 1, text: String },
    value: settings.k,
    changed: (value) => {
      settings.k = value;
      changed();
    },
  });
  const metric = choice({
    ...{ id: "metric", label: words.distance, options: metrics, value: settings.metric },
    changed: (value) => {
      settings.metric = value;
      changed();
    },
  });
  const centre = byId("centre") as HTMLInputElement;
  centre.checked = settings.centre;
  centre.addEventListener("change", () => {
    settings.centre = centre.checked;
    changed();
  });
  byId("vote-fields").prepend(k.element, metric);
}

interface Panels {
  readonly split: Split;
  readonly neighbours: NeighboursPanel;
  readonly map: MapPanel;
  readonly models: ModelsPanel;
}

/** Computes the results of all panels for the drawing, and shows them. */
async function show(
  settings: Settings,
  { split, neighbours, map, models }: Panels,
  signal: AbortSignal,
): Promise<void> {
  const pixels = drawnIn(settings);
  paint(byId("seen") as HTMLCanvasElement, pixels ?? new Array<number>(64).fill(0));
  const found = pixels && (await neighbours.vote(pixels, { ...settings }));
  signal.throwIfAborted();
  neighbours.show(found);
  const { rows } = withOwn(split.train, readOwn(settings.own));
  await map.show(
    pixels,
    (found?.rows ?? []).slice(0, LINES).map((row) => rows[row] ?? []),
  );
  models.ask(pixels);
}

await openPage(async (engine: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const split = await digits();
  const [first, second, third] = jobsOfCards(engine, {
    ...{ demo: "digits", count: 3 },
    result: () => ({
      ...{ pixels: drawnIn(settings), neighbours: neighbours.result, map: map.result },
      ...{ models: models.result, experiments: guided.findings },
    }),
  });
  const neighbours = new NeighboursPanel(split.train);
  const map = new MapPanel(split.all);
  const models = new ModelsPanel(settings, second, split);
  const vote = () =>
    first.run("vote", (signal) => show(settings, { split, neighbours, map, models }, signal));
  new Pad(readBitmap(settings.drawing), (bitmap) => {
    settings.drawing = writeBitmap(bitmap);
    vote();
  });
  new Mine(settings, () => drawnIn(settings), vote);
  addFields(settings, vote);
  const guided = new Experiments(experiments(split), (work) => third.run("experiment", work));
  showCode(() => program(settings));
  enableOpeners();
  setStatus("running");
  vote();
  first.run("map", async () => {
    await map.fit();
    vote();
  });
  models.train();
  if (auto) third.run("experiment", (signal) => guided.rehearse(signal));
});
