import type { Engine } from "wgrad";
import { loadClothes } from "../resnet/data.ts";
import { inAddress } from "../shared/address.ts";
import { byId } from "../shared/dom.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { RareClothesPanel } from "./imbalance/clothes_panel.ts";
import code from "./imbalance/learn.ts?raw";
import { ImbalancePanel } from "./imbalance/panel.ts";
import { MixingPanel } from "./mixing/panel.ts";
import { checkSettings, defaultSettings, parametersOf, wholeSettings } from "./settings.ts";
import trainingCode from "./training/learn.ts?raw";
import { TrainingPanel } from "./training/panel.ts";
import { WallPanel } from "./wall/panel.ts";

const auto = new URLSearchParams(location.search).get("auto") === "1";

await openPage(async (engine: Engine) => {
  const usual = auto ? wholeSettings : defaultSettings;
  const settings = inAddress(withParameters(usual, checkSettings), usual, parametersOf);
  const clothes = await loadClothes();
  let more = auto; // the trainings come last, so that progress is of one thing at a time
  const idle = () => {
    // each card has jobs of its own: a wall is made while a training runs
    if (more || document.body.dataset.status === "error" || all.some((jobs) => jobs.busy)) return;
    setProgress(1, 1, "done");
    const { name, software } = engine.gpu.adapter;
    finish({
      ...{ demo: "augmentation", adapter: name, software },
      ...{ wall: wall.result(), mixing: mixing.result(), plane: imbalance.result },
      ...(training.result && { training: training.result }),
      ...(rare.result && { rare: rare.result }),
    });
  };
  const all = Array.from({ length: 5 }, () => new Jobs(idle));
  const [first, second, third, fourth, fifth] = all as [Jobs, Jobs, Jobs, Jobs, Jobs];
  const wall = new WallPanel(settings, clothes, first);
  const mixing = new MixingPanel(settings, clothes, second);
  const training = new TrainingPanel(settings, clothes, third);
  const imbalance = new ImbalancePanel(settings, fourth);
  const rare = new RareClothesPanel(settings, clothes, fifth);
  byId("training-code").textContent = trainingCode;
  byId("rare-code").textContent = code;
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-opens]"))
    button.disabled = false;
  setStatus("running");
  wall.make();
  mixing.make();
  imbalance.learn();
  if (!auto) return;
  rare.measure();
  for (const jobs of all) await jobs.done();
  more = false;
  if (document.body.dataset.status !== "error") training.train({ proved: true });
});
