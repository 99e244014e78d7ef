import type { Engine } from "wgrad";
import { loadClothes } from "../resnet/data.ts";
import { inAddress } from "../shared/address.ts";
import { enableOpeners } from "../shared/cards.ts";
import { showCode } from "../shared/code.ts";
import { Experiments } from "../shared/experiments.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto, onlyExperiments } from "../shared/unattended.ts";
import { experimentsOf } from "./experiments.ts";
import { RareClothesPanel } from "./imbalance/clothes_panel.ts";
import type { ImbalancePanel } from "./imbalance/panel.ts";
import { MixingPanel } from "./mixing/panel.ts";
import { rareProgram, trainingProgram } from "./program.ts";
import {
  checkSettings,
  defaultSettings,
  parametersOf,
  type Settings,
  wholeSettings,
} from "./settings.ts";
import { TrainingPanel } from "./training/panel.ts";
import { WallPanel } from "./wall/panel.ts";

/** Shows the code of the trainings and enables the buttons. */
function begin(settings: Settings): void {
  showCode(() => trainingProgram(settings), "training-code");
  showCode(() => rareProgram(settings), "rare-code");
  enableOpeners();
  setStatus("running");
}

/** panels that train are added once the pictures are loaded */
async function imbalancePanel(settings: Settings, jobs: Jobs): Promise<ImbalancePanel> {
  const { ImbalancePanel } = await import("./imbalance/panel.ts");
  return new ImbalancePanel(settings, jobs);
}

await openPage(async ({ gpu: { adapter } }: Engine) => {
  const usual = auto ? wholeSettings : defaultSettings;
  const settings = inAddress(withParameters(usual, checkSettings), usual, parametersOf);
  const clothes = await loadClothes();
  let more = true; // the trainings come last, so that the progress bar shows one thing at a time
  let imbalance: ImbalancePanel | undefined;
  const idle = () => {
    // each card has its own jobs, so that the wall can be redrawn during a training
    if (more || document.body.dataset.status === "error" || all.some((jobs) => jobs.busy)) return;
    setProgress(1, 1, "done");
    finish({
      ...{ demo: "augmentation", adapter: adapter.name, software: adapter.software },
      ...{ wall: wall.result(), mixing: mixing.result(), plane: imbalance?.result },
      ...(training.result && { training: training.result }),
      ...(rare.result && { rare: rare.result }),
      experiments: guided.findings,
    });
  };
  const all = Array.from({ length: 6 }, () => new Jobs(idle));
  const [first, second, third, fourth, fifth, sixth] = all as [Jobs, Jobs, Jobs, Jobs, Jobs, Jobs];
  const wall = new WallPanel(settings, clothes, first);
  const mixing = new MixingPanel(settings, clothes, second);
  const training = new TrainingPanel(settings, clothes, third);
  const rare = new RareClothesPanel(settings, clothes, fifth);
  const guided = new Experiments(experimentsOf(clothes, settings.part), (work) =>
    sixth.run("experiment", work),
  );
  begin(settings);
  wall.make();
  for (const jobs of [second, fourth]) jobs.run("after-wall", () => first.done()); // the wall stands above
  mixing.make();
  imbalance = await imbalancePanel(settings, fourth);
  imbalance.learn();
  more = auto;
  if (!auto) return;
  sixth.run("experiment", (signal) => guided.rehearse(signal));
  if (!onlyExperiments) {
    rare.measure();
    for (const jobs of all) await jobs.done();
    if (document.body.dataset.status !== "error") training.train({ proved: true });
  }
  more = false;
});
