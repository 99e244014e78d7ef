// Finds a Chrome or Chromium that has WebGPU, or installs one, and says how to start it.
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const wellKnown = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** @param {string} name */
const which = (name) => {
  const finder = process.platform === "win32" ? "where" : "which";
  const { status, stdout } = spawnSync(finder, [name], { encoding: "utf8" });
  return status === 0 ? stdout.split("\n")[0]?.trim() : undefined;
};

const onSystem = () =>
  [...names.map(which), ...wellKnown].find((path) => path && existsSync(path)) || undefined;

function fromPuppeteer() {
  const cli = createRequire(import.meta.url)
    .resolve("puppeteer/package.json")
    .replace("package.json", "lib/cjs/puppeteer/node/cli.js");
  console.error("wgrad: no browser on this system; asking puppeteer for Chrome");
  const { status, stdout } = spawnSync(
    process.execPath,
    [cli, "browsers", "install", "chrome", "--format", "{{path}}"],
    { encoding: "utf8", timeout: 300_000, stdio: ["ignore", "pipe", "ignore"] },
  );
  const path = stdout?.trim().split("\n").pop();
  return status === 0 && path && existsSync(path) ? path : undefined;
}

function fromDebian() {
  if (process.getuid?.() !== 0 || !which("apt-get")) return undefined;
  console.error("wgrad: installing Debian's package chromium (once)");
  /** @param {string[]} args */
  const apt = (...args) =>
    spawnSync("apt-get", [...args, "-qq"], {
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 600_000,
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  apt("update"); // a failure of one package source is no reason to stop
  return apt("install", "-y", "--no-install-recommends", "chromium") ? onSystem() : undefined;
}

/**
 * Path of a browser: CHROME_PATH, the system's, puppeteer's download, or Debian's package when root. Throws an error
 * that says what to install when there is none.
 */
export function findChrome() {
  const named = process.env.CHROME_PATH;
  if (named && !existsSync(named)) {
    throw new Error(
      `wgrad: expected CHROME_PATH to be an executable, got ${named}, which does not exist`,
    );
  }
  const path = named || onSystem() || fromPuppeteer() || fromDebian();
  if (path) return path;
  throw new Error(
    "wgrad: expected Chrome or Chromium 113 or newer, found none and could not install one; " +
      "install it, or set CHROME_PATH to its executable",
  );
}

/** True where a real GPU is likely: macOS, Windows, or Linux with a render node. WGRAD_ADAPTER=software overrides. */
const hasGpu = () =>
  process.env.WGRAD_ADAPTER !== "software" &&
  (process.platform !== "linux" || existsSync("/dev/dri/renderD128"));

/**
 * Environment variables with which Dawn in a Node process finds a Vulkan driver: none if there is a GPU, else those for
 * the software driver that comes with the browser.
 * @returns {Record<string, string>}
 */
export function vulkanEnvironment() {
  if (hasGpu() || process.platform !== "linux") return {};
  const browser = dirname(realpathSync(findChrome()));
  const folders = [browser, "/usr/lib/chromium", "/usr/lib/chromium-browser"];
  const folder = folders.find((each) => existsSync(join(each, "vk_swiftshader_icd.json")));
  if (!folder) {
    throw new Error(
      `wgrad: expected vk_swiftshader_icd.json, the browser's software driver, in ${folders.join(" or ")}, found none; ` +
        "set CHROME_PATH to the executable of a Chrome that has it",
    );
  }
  const driver = join(folder, "vk_swiftshader_icd.json");
  return { VK_DRIVER_FILES: driver, VK_ICD_FILENAMES: driver, LD_LIBRARY_PATH: folder };
}

/**
 * SwiftShader compiles the zero-initialisation of workgroup memory into one store per element, about 1 ms each: a
 * matrix product with 16 KB of it takes 5 s instead of 0.7 s. Tests turn it off; no kernel reads workgroup memory
 * before writing it.
 */
const software = [
  "--use-webgpu-adapter=swiftshader",
  ...(process.env.VITEST ? ["--enable-dawn-features=disable_workgroup_init"] : []),
];

/** Tests kill the GPU process: without this flag Chrome soon disables WebGPU. */
const patient = process.env.VITEST
  ? ["--disable-gpu-process-crash-limit", "--disable-domain-blocking-for-3d-apis"]
  : [];

/**
 * Launch options for puppeteer: headless, WebGPU on, a software adapter where there is no GPU.
 * @returns {import("puppeteer").LaunchOptions}
 */
export function launchOptions() {
  return {
    executablePath: findChrome(),
    headless: true,
    protocolTimeout: 0,
    args: [
      "--enable-unsafe-webgpu",
      ...(process.platform === "linux" ? ["--enable-features=Vulkan"] : []),
      ...(hasGpu() ? [] : software),
      ...patient,
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  };
}
