import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { enableOpeners, jobsOfCards } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { openPage, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto, onlyExperiments } from "../shared/unattended.ts";
import { BlocksPanel } from "./blocks/panel.ts";
import { experimentsOf } from "./experiments.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { ShiftPanel } from "./shift/panel.ts";
import { SizesPanel } from "./sizes/panel.ts";
import { TrainingPanel } from "./training/panel.ts";

await openPage(async (engine: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const [first, second, third, fourth] = jobsOfCards(engine, {
    ...{ demo: "normalisation", count: 4 },
    result: () => ({
      ...{ blocks: blocks.result, training: training.result, shift: shift.result },
      ...{ sizes: sizes.result, experiments: guided.findings },
    }),
  });
  const blocks = new BlocksPanel(settings, first);
  const shift = new ShiftPanel(settings, second);
  const training = new TrainingPanel(settings, second, (trained) => shift.ask(trained));
  const sizes = new SizesPanel(settings, third);
  const guided = new Experiments(experimentsOf(settings.part), (work) =>
    fourth.run("experiment", work),
  );
  showCode(() => program(settings));
  enableOpeners();
  setStatus("running");
  blocks.measure();
  second.run("after-blocks", () => first.done()); // training waits for the blocks, which stand above it
  training.train();
  if (auto) {
    if (!onlyExperiments) sizes.compare();
    fourth.run("experiment", (signal) => guided.rehearse(signal));
  }
});
