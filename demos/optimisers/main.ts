import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto, startByItself } from "../shared/unattended.ts";
import { Page } from "./page.ts";
import { checkSettings, defaultSettings } from "./settings.ts";
import { surfaceNames } from "./surfaces.ts";

await openPage(async (engine) => {
  const settings = withParameters(
    auto ? { ...defaultSettings, steps: 200 } : defaultSettings,
    checkSettings,
  );
  const page = new Page(engine, settings);
  await page.open(settings.surface, settings.start);
  page.enable();
  setStatus("ready");
  setProgress(0, settings.steps, "ready");
  startByItself(() => page.play());
  if (!auto) return;
  const results: Record<string, object> = {};
  const given = new URLSearchParams(location.search).has("surface");
  for (const name of given ? [settings.surface] : [...surfaceNames].reverse()) {
    await page.open(name);
    await page.run();
    results[name] = page.results();
  }
  await page.experiments.rehearse();
  const { findings: experiments } = page.experiments;
  finish({ adapter: engine.gpu.adapter, steps: settings.steps, surfaces: results, experiments });
  page.label();
});
