import { bench, measureRoofline, type Roofline, shareOfRoofline, type Timing } from "wgrad/testing";
import { make } from "../shared/dom.ts";
import { percent } from "../shared/format.ts";
import * as words from "../words/en/kernels/page.ts";
import type { KernelCase, KernelModule } from "./entries.ts";
import { figure } from "./figure.ts";
import { casePlan } from "./shader_text.ts";
import { card, table } from "./tables.ts";

/** Number of operations that a CPU can do in about a second. */
const CPU_FLOPS = 3e9;

/** Times kernels on one device, each beside the roofline. */
export class Stopwatch {
  readonly #device: GPUDevice;
  readonly #software: boolean;
  /** The best figures so far: another program's activity must not lower the roofline. */
  #roofline: Roofline = { bandwidth: 0, gflops: 0, by: "clock" };

  constructor(device: GPUDevice, software: boolean) {
    this.#device = device;
    this.#software = software;
  }

  /** Times the kernel's benches, or its largest case if it has none. */
  async time(module: KernelModule): Promise<HTMLElement> {
    const options = this.#software ? { rounds: 3, sampleMs: 10, timestamps: false } : {};
    const now = await measureRoofline(this.#device, options);
    this.#roofline = {
      bandwidth: Math.max(this.#roofline.bandwidth, now.bandwidth),
      gflops: Math.max(this.#roofline.gflops, now.gflops),
      by: now.by,
    };
    const { fit, left } = this.#inputs(module);
    const items = fit.map((each) => ({ name: each.name, module, case: each }));
    const timings: Timing[] = [];
    for (const item of items) timings.push(...(await bench(this.#device, [item], options)));
    return this.#show(timings, left);
  }

  #inputs(module: KernelModule): { fit: KernelCase[]; left: number } {
    const flops = (each: KernelCase) => casePlan(module, each).flops;
    const largest = [...module.cases].sort((a, b) => flops(b) - flops(a)).slice(0, 1);
    const all = module.benches?.length ? [...module.benches] : largest;
    const fit = this.#software ? all.filter((each) => flops(each) < CPU_FLOPS) : all;
    return { fit: fit.length ? fit : largest, left: all.length - fit.length };
  }

  #show(timings: readonly Timing[], left: number): HTMLElement {
    const roofline = this.#roofline;
    const rows = timings.map((timing) => {
      const { share, bound } = shareOfRoofline(timing, roofline);
      const bar = make("span", { class: "share", text: percent(share, 0) });
      bar.style.setProperty("--share", `${Math.min(100 * share, 100)}%`);
      bar.title = words.boundBy(bound);
      const numbers = [timing.ms, timing.gflops, timing.bandwidth].map(figure);
      return [timing.name, ...numbers, bar, bound];
    });
    const by = roofline.by === "timestamps" ? words.gpusOwnTimestamps : words.theClock;
    const best = words.copyReachesGbSHere(figure(roofline.bandwidth), figure(roofline.gflops), by);
    const notes = [
      ...(this.#software ? [words.softwareAdapterTheseAre] : []),
      ...(this.#software && left ? [words.inputsAreTooLargeFor(left)] : []),
    ];
    return card(
      words.timeTitle,
      ...notes.map((text) => make("p", { class: "note", text })),
      table([words.input, "ms", "GFLOP/s", "GB/s", words.ofRoofline, words.boundByHeading], rows, {
        kind: "times",
      }),
      make("p", { class: "hint", text: best }),
    );
  }
}
