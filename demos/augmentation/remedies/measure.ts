import { init, manualSeed, tensor } from "wgrad";
import { randomSplit, TensorDataset } from "wgrad/data";
import { spread } from "../../shared/spread.ts";
import { tables } from "../../shared/tables.ts";
import { remedies, shareRight } from "./remedies.ts";

/** Number of training digits; the other 1,597 are held out. */
const TRAINED = 200;

const EPOCHS = 40;
const SEEDS = [1, 2, 3];

/** A remedy and its held-out accuracy. */
export interface Measured {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Evaluates every remedy on 200 of the digits, for three seeds: each has other digits, weights and batches. */
export async function measure(tell: (line: string) => void): Promise<readonly Measured[]> {
  await init();
  const { data, shape, y } = await tables.digits();
  const pixels = Float32Array.from(data, (value) => value / 16);
  const all = new TensorDataset(
    tensor(pixels, { shape: [shape[0], 1, 8, 8] }),
    tensor(Uint32Array.from(y)),
  );
  const found: Measured[] = [];
  for (const [name, remedy] of Object.entries(remedies)) {
    const shares: number[] = [];
    for (const seed of SEEDS) {
      const [dataset, heldOut] = randomSplit(all, [TRAINED, all.length - TRAINED], { seed });
      if (!dataset || !heldOut) throw new Error("expected two parts");
      manualSeed(seed);
      const model = await remedy({ dataset, epochs: EPOCHS, seed });
      shares.push(await shareRight(model, heldOut));
      model.dispose();
    }
    const { mean, deviation } = spread(shares);
    found.push({ name, mean, deviation });
    tell(`${name}: ${(100 * mean).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %`);
  }
  all.dispose();
  return found;
}
