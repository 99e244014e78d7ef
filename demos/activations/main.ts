import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { enableOpeners, jobsOfCards } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { openPage, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import { Choose } from "./choose.ts";
import { CurvesPanel } from "./curves/panel.ts";
import { DepthPanel } from "./depth/panel.ts";
import { experiments } from "./experiments.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { TrainingPanel } from "./training/panel.ts";

await openPage(async (engine: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const [first, second, third, fourth] = jobsOfCards(engine, {
    ...{ demo: "activations", count: 4 },
    result: () => ({
      ...{ curves: curves.result, depth: depth.result, training: training.result },
      experiments: guided.findings,
    }),
  });
  const curves = new CurvesPanel(settings, first, (x) => choose.look(x));
  const depth = new DepthPanel(settings, second);
  const training = new TrainingPanel(settings, third);
  const guided = new Experiments(experiments, (work) => fourth.run("experiment", work));
  const choose = new Choose(settings, {
    look: () => curves.measure(),
    shape: () => {
      curves.measure();
      depth.send();
      training.train();
    },
  });
  showCode(() => program(settings));
  enableOpeners();
  setStatus("running");
  curves.measure();
  for (const jobs of [second, third]) jobs.run("after-curves", () => first.done()); // the curves stand above
  depth.send();
  training.train();
  if (auto) fourth.run("experiment", (signal) => guided.rehearse(signal));
});
