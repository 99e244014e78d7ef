import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { enableOpeners, jobsOfCards } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { openPage, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import { ClassesPanel } from "./classes/panel.ts";
import { CurvesPanel } from "./curves/panel.ts";
import { DescentPanel } from "./descent/panel.ts";
import { experiments } from "./experiments.ts";
import { LinePanel } from "./line/panel.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { TripletPanel } from "./triplet/panel.ts";

await openPage(async (engine: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const [first, second, third, fourth, fifth, last] = jobsOfCards(engine, {
    ...{ demo: "losses", count: 6 },
    result: () => ({
      ...{ curves: curves.result, line: line.result, descent: descent.result },
      ...{ classes: classes.result, triplet: triplet.result, experiments: guided.findings },
    }),
  });
  const line = new LinePanel(settings, second);
  const descent = new DescentPanel(settings, third);
  const curves = new CurvesPanel(settings, first, (parameter) => {
    if (parameter === "beta" || parameter === "delta") line.fit();
    else descent.descend();
  });
  const classes = new ClassesPanel(settings, fourth);
  const triplet = new TripletPanel(settings, fifth);
  const guided = new Experiments(experiments, (work) => last.run("experiment", work));
  showCode(() => program(settings));
  enableOpeners();
  setStatus("running");
  curves.measure();
  classes.tell();
  triplet.descend();
  line.fit();
  descent.descend();
  if (auto) last.run("experiment", (signal) => guided.rehearse(signal));
});
