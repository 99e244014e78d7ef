import { expect, test } from "vitest";
import { init } from "wgrad";
import { Race } from "../../../demos/optimisers/race.ts";
import { racers } from "../../../demos/optimisers/racers.ts";
import { surfaces } from "../../../demos/optimisers/surfaces.ts";

test("a race leaves no bytes behind, gradients of its points included", async () => {
  const engine = await init();
  const { signal } = new AbortController();
  const entries = racers.map((racer) => ({
    racer,
    lr: racer.order === 1 ? racer.rates.saddle : 1,
  }));
  const run = async () => {
    const race = new Race(engine, surfaces.saddle, surfaces.saddle.start, entries);
    await race.begin();
    await race.advance(3, signal);
    race.dispose();
    await engine.flush();
  };
  await run();
  const before = engine.counters().liveBytes;
  await run();
  expect(engine.counters().liveBytes).toBe(before);
});
