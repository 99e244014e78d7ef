import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { enableOpeners, jobsOfCards } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { openPage, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import { BordersPanel } from "./borders/panel.ts";
import { experiments } from "./experiments.ts";
import { PolynomialPanel } from "./polynomial/panel.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { SolversPanel } from "./solvers/panel.ts";

await openPage(async (engine: Engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const [first, second, third, fourth] = jobsOfCards(engine, {
    ...{ demo: "regression", count: 4 },
    result: () => ({
      ...{ polynomial: polynomial.result, solvers: solvers.result, borders: borders.result },
      experiments: guided.findings,
    }),
  });
  const polynomial = new PolynomialPanel(settings, first);
  const solvers = new SolversPanel(settings, second);
  const borders = new BordersPanel(settings, third);
  const guided = new Experiments(experiments, (work) => fourth.run("experiment", work));
  showCode(() => program(settings));
  enableOpeners();
  setStatus("running");
  polynomial.fit();
  for (const jobs of [second, third]) jobs.run("after-curve", () => polynomial.drawn); // the polynomial stands above
  borders.separate();
  solvers.solve();
  if (auto) fourth.run("experiment", (signal) => guided.rehearse(signal));
});
