import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import { BordersPanel } from "./borders/panel.ts";
import { experiments } from "./experiments.ts";
import { PolynomialPanel } from "./polynomial/panel.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { SolversPanel } from "./solvers/panel.ts";

await openPage(async ({ gpu }: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const idle = () => {
    if (document.body.dataset.status === "error" || all.some((jobs) => jobs.busy)) return;
    setProgress(1, 1, "done");
    finish({
      ...{ demo: "regression", adapter: gpu.adapter.name, software: gpu.adapter.software },
      ...{ polynomial: polynomial.result, solvers: solvers.result, borders: borders.result },
      experiments: guided.findings,
    });
  };
  // each card has its own jobs, so that one can answer while another computes
  const all = Array.from({ length: 4 }, () => new Jobs(idle));
  const [first, second, third, fourth] = all as [Jobs, Jobs, Jobs, Jobs];
  const polynomial = new PolynomialPanel(settings, first);
  const solvers = new SolversPanel(settings, second);
  const borders = new BordersPanel(settings, third);
  const guided = new Experiments(experiments, (work) => fourth.run("experiment", work));
  showCode(() => program(settings));
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-opens]"))
    button.disabled = false;
  setStatus("running");
  polynomial.fit();
  for (const jobs of [second, third]) jobs.run("after-curve", () => polynomial.drawn); // it stands above
  borders.separate();
  solvers.solve();
  if (auto) fourth.run("experiment", (signal) => guided.rehearse(signal));
});
