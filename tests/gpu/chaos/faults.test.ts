import { describe, expect, test } from "vitest";
import { DeviceLostError } from "../../../src/core/errors.ts";
import { requestAdapter, requestDevice } from "../../../src/gpu/adapter.ts";
import { faults, type Hit, type Outcome, struck, type Way, ways } from "../../support/faults.ts";
import { seedOr, tries } from "../../support/fuzz.ts";
import { shortOfMemory } from "../../support/short_of_memory.ts";
import { uncaught } from "../../support/uncaught.ts";

const HITS = tries(20);
const first = seedOr(1);
const device = await requestDevice(await requestAdapter());
const short = shortOfMemory(device);

/** The hit of a seed. */
function hitOf(seed: number): Hit {
  let state = Math.imul(seed, 0x9e3779b1) >>> 0;
  const below = (n: number) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    return ((state ^ (state >>> 12)) >>> 0) % n;
  };
  const way = ways[seed % ways.length] as Way;
  const fault = faults[Math.floor(seed / ways.length) % faults.length] as Hit["fault"];
  return { way, fault, at: below(9), nth: 1 + below(6) };
}

const undisturbed = new Map<Way, string | undefined>();

/** What a training of this way comes to when nothing happens. */
async function expected(way: Way): Promise<string | undefined> {
  const never = { way, fault: "callback", at: -1, nth: 1 } as const;
  if (!undisturbed.has(way)) undisturbed.set(way, (await struck(device, never, short)).bits);
  return undisturbed.get(way);
}

describe("a training that is hit at any moment settles, names the reason, and goes on to the same bits", () => {
  for (let seed = first; seed < first + HITS; seed++) {
    const hit = hitOf(seed);
    test(`seed ${seed}: ${hit.way}, ${hit.fault} at step ${hit.at} (${hit.nth})`, async () => {
      const bits = await expected(hit.way);
      const lost = hit.fault === "device";
      const own = lost ? await requestDevice(await requestAdapter()) : device;
      let outcome: Outcome | undefined;
      const leftovers = await uncaught(async () => {
        outcome = await struck(own, hit, lost ? undefined : short);
      });
      expect(leftovers).toEqual([]);
      expect(outcome?.raw).toEqual([]);
      expect(outcome?.happened).toBe(true);
      expect(outcome?.took).toBeLessThan(lost ? 20_000 : 10_000); // a new device compiles first
      expect(short.scopes).toBe(0);
      if (lost) expect(outcome?.errors[0]).toBeInstanceOf(DeviceLostError);
      else expect(outcome?.bits).toBe(bits);
    });
  }
});
