import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
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

await openPage(async ({ gpu }: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const idle = () => {
    if (document.body.dataset.status === "error" || all.some((jobs) => jobs.busy)) return;
    setProgress(1, 1, "done");
    finish({
      ...{ demo: "losses", adapter: gpu.adapter.name, software: gpu.adapter.software },
      ...{ curves: curves.result, line: line.result, descent: descent.result },
      ...{ classes: classes.result, triplet: triplet.result, experiments: guided.findings },
    });
  };
  // each card has its own jobs, so that one can answer while another trains
  const all = Array.from({ length: 6 }, () => new Jobs(idle));
  const [first, second, third, fourth, fifth, last] = all as [Jobs, Jobs, Jobs, Jobs, Jobs, Jobs];
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
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-opens]"))
    button.disabled = false;
  setStatus("running");
  curves.measure();
  classes.tell();
  triplet.descend();
  line.fit();
  descent.descend();
  if (auto) last.run("experiment", (signal) => guided.rehearse(signal));
});
