import type { Engine } from "wgrad";
import { writeAddress } from "../shared/address.ts";
import { showCode } from "../shared/code.ts";
import { tellKernels } from "../shared/compiling.ts";
import { byId, make } from "../shared/dom.ts";
import { download } from "../shared/download.ts";
import { Experiments } from "../shared/experiments.ts";
import { Jobs, STOPPING } from "../shared/jobs.ts";
import { finish, openPage, setProgress, setStatus } from "../shared/page.ts";
import { withParameters } from "../shared/parameters.ts";
import { auto, startByItself } from "../shared/unattended.ts";
import * as words from "../words/en/benchmark/page.ts";
import { contest, type Row } from "./contest.ts";
import { experiments } from "./experiments.ts";
import { isLibrary, type LibraryName, openFrame } from "./frame.ts";
import { program } from "./program.ts";
import { markdown, plainRow, type Report } from "./report.ts";
import { checkSettings, defaultSettings, librariesOf, type Settings } from "./settings.ts";
import { Table, titles } from "./table.ts";
import { type Workload, workloads } from "./workloads.ts";

const query = new URLSearchParams(location.search);
const others = ["jax", "tfjs"] as const;

class Page {
  readonly #engine: Engine;
  readonly #settings: Settings;
  readonly #all: readonly Workload[];
  readonly #table = new Table();
  readonly #run = byId("run") as HTMLButtonElement;
  readonly #jobs = new Jobs(() => {});
  readonly #guided = new Experiments(experiments, (work) => this.#conduct(work));
  #rows: Row[] = [];
  #stop: AbortController | undefined;

  constructor(engine: Engine, settings: Settings) {
    this.#engine = engine;
    this.#settings = settings;
    const { software } = engine.gpu.adapter;
    const only = new RegExp(settings.only);
    this.#all = workloads(software).filter(({ id }) => only.test(id));
    if (software) byId("software").hidden = false;
    const beside = librariesOf(settings);
    for (const name of others)
      byId("libraries").append(choice(name, titles[name], beside.includes(name)));
    for (const group of new Set(this.#all.map((each) => each.group))) {
      byId("groups").append(choice(group, group, true));
    }
    byId("libraries").addEventListener("change", () => {
      writeAddress({ beside: ticked("libraries").join(",") }, { beside: "" });
    });
    showCode(() => program(settings.rounds));
    this.#run.addEventListener("click", () => this.#press());
    byId("json").addEventListener("click", () => this.#save("json"));
    byId("markdown").addEventListener("click", () => this.#save("md"));
    this.#label();
  }

  /** Runs the experiments named in the address. */
  rehearse(): Promise<void> {
    return this.#guided.rehearse();
  }

  /** Runs an experiment in place of the measurement, since times taken beside other work would mean nothing. */
  #conduct(work: (signal: AbortSignal) => Promise<void>): void {
    this.#stop?.abort();
    this.#jobs.run("experiment", work);
  }

  /** Measures the first ticked row, so that visitors see an example of a result. */
  async measureFirst(): Promise<void> {
    try {
      await this.measure(1);
      if (this.#rows.length > 0) this.#say(1, 1, words.measuredFirstRow);
      this.#run.textContent = words.run;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Measures the ticked rows, at most `most`; each appears when it is done. */
  async measure(most = this.#all.length): Promise<void> {
    this.#jobs.stop("experiment");
    const stop = new AbortController();
    this.#stop = stop;
    this.#rows = [];
    const chosen = new Set(ticked("groups"));
    const todo = this.#all.filter(({ group }) => chosen.has(group)).slice(0, most);
    const beside = librariesOf(this.#settings).filter((name) => name === "old");
    const libraries: LibraryName[] = ["wgrad", ...beside, ...ticked("libraries").filter(isLibrary)];
    this.#table.clear(libraries);
    setStatus("running");
    this.#label();
    try {
      for (const [i, workload] of todo.entries()) {
        this.#say(i, todo.length, workload.title);
        const { rounds, sampleMs } = this.#settings;
        const row = await contest(workload, {
          ...{ libraries, rounds, sampleMs, signal: stop.signal },
          onFrame: (frame) => tellKernels(byId("progress"), () => frame.compiled()),
          onRound: (soFar) => {
            this.#say(i, todo.length, workload.title);
            this.#table.show(soFar);
          },
        });
        this.#rows.push(row);
      }
      this.#say(todo.length, todo.length, words.done);
    } catch (error) {
      this.#table.remove(todo[this.#rows.length]);
      if (!stop.signal.aborted) throw error;
      this.#say(this.#rows.length, todo.length, words.stopped);
    } finally {
      this.#stop = undefined;
    }
    this.#finish();
  }

  #finish(): void {
    for (const id of ["json", "markdown"]) (byId(id) as HTMLButtonElement).disabled = false;
    finish(this.#whole());
    this.#label();
  }

  #whole(): Report {
    const { name: adapter, software } = this.#engine.gpu.adapter;
    const { findings } = this.#guided;
    const rows = this.#rows.map(plainRow);
    return { adapter, software, browser: navigator.userAgent, rows, experiments: findings };
  }

  #press(): void {
    if (this.#stop) {
      this.#stop.abort();
      byId("progress").textContent = STOPPING;
    } else void this.measure().catch((error) => this.#failed(error));
  }

  #failed(error: unknown): void {
    setStatus("ready");
    this.#say(0, 1, error instanceof Error ? error.message : String(error));
    this.#label();
  }

  #save(as: "json" | "md"): void {
    const report = this.#whole();
    if (as === "json") download("wgrad-benchmark.json", "application/json", JSON.stringify(report));
    else download("wgrad-benchmark.md", "text/markdown", markdown(report, this.#rows));
  }

  #say(done: number, total: number, text: string): void {
    setProgress(done, total, text);
    byId("progress").textContent = done < total ? words.doneOfTotal(done, total, text) : text;
    const bar = byId("bar") as HTMLProgressElement;
    bar.max = total;
    bar.value = done;
  }

  #label(): void {
    this.#run.disabled = false;
    this.#run.textContent = this.#stop
      ? words.stop
      : this.#rows.length
        ? words.runAgain
        : words.run;
  }
}

function choice(value: string, text: string, checked: boolean): HTMLElement {
  const box = make("input", { attributes: { type: "checkbox", value } });
  box.checked = checked;
  return make("label", {}, box, text);
}

function ticked(id: string): string[] {
  const boxes = byId(id).querySelectorAll<HTMLInputElement>("input:checked");
  return [...boxes].map(({ value }) => value);
}

const frame = query.get("frame");
if (isLibrary(frame)) window.wgradFrame = openFrame(frame);
else {
  await openPage(async (engine) => {
    const page = new Page(engine, withParameters(defaultSettings, checkSettings));
    setStatus("ready");
    startByItself(() => void page.measureFirst());
    if (!auto) return;
    await page.rehearse();
    await page.measure();
  });
}
