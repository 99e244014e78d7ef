import type { Engine } from "wgrad";
import { inAddress } from "../shared/address.ts";
import { showCode } from "../shared/code.ts";
import { byId } from "../shared/dom.ts";
import { Experiments } from "../shared/experiments.ts";
import { Jobs } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto } from "../shared/unattended.ts";
import { experiments } from "./experiments.ts";
import { GroupsPanel } from "./groups/panel.ts";
import { PhotoPanel } from "./photo/panel.ts";
import { program } from "./program.ts";
import { checkSettings, defaultSettings } from "./settings.ts";

/** Results of both halves, as plain JSON. */
function resultOf({ gpu }: Engine, groups: GroupsPanel, { quantised }: PhotoPanel) {
  return {
    demo: "kmeans",
    adapter: gpu.adapter.name,
    software: gpu.adapter.software,
    groups: groups.results(),
    ...(quantised && {
      photo: {
        name: quantised.picture.name,
        colours: quantised.shares.length,
        sample: quantised.sample,
        error: quantised.error,
        sampleError: quantised.sampleError,
        iterations: quantised.iterations,
        seconds: quantised.seconds,
        palette: Array.from(quantised.palette),
        shares: quantised.shares,
      },
    }),
  };
}

await openPage(async (engine) => {
  const settings = inAddress(withParameters(defaultSettings, checkSettings), defaultSettings);
  const jobs = new Jobs(() => {
    if (document.body.dataset.status === "error") return;
    setProgress(1, 1, "done");
    finish({ ...resultOf(engine, groups, photo), experiments: tried.findings });
  });
  const groups = new GroupsPanel(settings, jobs, { watched: !auto });
  const photo = new PhotoPanel(settings, jobs);
  const tried = new Experiments(experiments, (work) => jobs.run("experiment", work));
  showCode(() => program(settings));
  for (const button of byId("groups").querySelectorAll("button")) button.disabled = false;
  setStatus("running");
  groups.open();
  const opened = photo.open();
  photo.start();
  if (auto) jobs.run("experiment", (signal) => tried.rehearse(signal));
  await opened;
});
