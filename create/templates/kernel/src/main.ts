import { init, uniform } from "wgrad";
import { gradcheck, mutateKernel, reportCase } from "wgrad/testing";
import { findRaces } from "wgrad/testing/races";
import { modules, waved } from "./wave.ts";

const output = document.querySelector("pre") as HTMLPreElement;
const say = (line: string) => {
  output.textContent += `${line}\n`;
};

/**
 * Runs every case against its reference, searches for data races, and lists mistakes in the shader that no case would
 * notice.
 */
async function prove(device: GPUDevice): Promise<number> {
  let defects = 0;
  const found = (name: string, list: readonly string[]) => {
    defects += list.length;
    say(`${list.length ? "✗" : "✓"} ${name}${list.map((each) => `\n    ${each}`).join("")}`);
  };
  const newDevice = async () => {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) throw new Error("no adapter");
    return adapter.requestDevice();
  };
  // the two kernels have different types, so each is handled by itself
  for (const test of modules.wave.cases) {
    found(`wave, ${test.name}`, (await reportCase(device, modules.wave, test)).defects);
  }
  for (const test of modules.waveGrad.cases) {
    found(`waveGrad, ${test.name}`, (await reportCase(device, modules.waveGrad, test)).defects);
  }
  const races = [...findRaces(modules.wave), ...findRaces(modules.waveGrad)];
  found(
    "no races",
    races.flatMap((each) => each.races),
  );
  for (const [name, report] of [
    ["wave", await mutateKernel(newDevice, modules.wave, { races: findRaces })],
    ["waveGrad", await mutateKernel(newDevice, modules.waveGrad, { races: findRaces })],
  ] as const) {
    const survivors = report.survivors.map(
      ({ file, line, from, to }) => `${file}:${line}: '${from}' → '${to}'`,
    );
    found(`${name}: cases notice ${report.noticed} of ${report.mutants} mistakes`, survivors);
  }
  const options = { shape: "soft", amplitude: 2, frequency: 0.5 } as const;
  found("gradient", await gradcheck((x) => waved(x, options), [uniform([3, 5])]));
  return defects;
}

try {
  const engine = await init();
  const defects = await prove(engine.gpu.device);
  say(defects ? `${defects} defects` : "all passed");
  document.body.dataset.status = defects ? "error" : "ok";
} catch (error) {
  say(String(error));
  document.body.dataset.status = "error";
}
