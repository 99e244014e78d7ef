// Finds a Chrome or Chromium that has WebGPU, or installs one, and says how to start it.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";

const names = ["google-chrome-stable", "google-chrome", "chromium", "chromium-browser"];
const wellKnown = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

const which = (name) => {
  const found = spawnSync(process.platform === "win32" ? "where" : "which", [name], {
    encoding: "utf8",
  });
  return found.status === 0 ? found.stdout.split("\n")[0].trim() : undefined;
};

const installed = () =>
  [process.env.CHROME_PATH, ...names.map(which), ...wellKnown].find(
    (path) => path && existsSync(path),
  );

function downloadWithPuppeteer() {
  const cli = createRequire(import.meta.url)
    .resolve("puppeteer/package.json")
    .replace("package.json", "lib/cjs/puppeteer/node/cli.js");
  const { status, stdout } = spawnSync(
    process.execPath,
    [cli, "browsers", "install", "chrome", "--format", "{{path}}"],
    { encoding: "utf8", timeout: 300_000, stdio: ["ignore", "pipe", "ignore"] },
  );
  const path = stdout?.trim().split("\n").pop();
  return status === 0 && path && existsSync(path) ? path : undefined;
}

function installDebianPackage() {
  if (process.getuid?.() !== 0 || !which("apt-get")) return undefined;
  console.log("wgrad: installing Debian's package chromium (once)");
  const options = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  execFileSync("apt-get", ["update", "-qq"], options);
  execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  return installed();
}

/** Path of a browser: CHROME_PATH, the system's, puppeteer's download, or Debian's package when root. */
export function findChrome() {
  const path = installed() ?? downloadWithPuppeteer() ?? installDebianPackage();
  if (path) return path;
  throw new Error(
    "wgrad: expected Chrome or Chromium, found none; install one, or set CHROME_PATH to its executable",
  );
}

/** True where a real GPU is likely: macOS, Windows, or Linux with a render node. WGRAD_ADAPTER=software overrides. */
const hasGpu = () =>
  process.env.WGRAD_ADAPTER !== "software" &&
  (process.platform !== "linux" || existsSync("/dev/dri/renderD128"));

/** Launch options for puppeteer: headless, WebGPU on, a software adapter where there is no GPU. */
export function launchOptions() {
  return {
    executablePath: findChrome(),
    headless: true,
    protocolTimeout: 0,
    args: [
      "--enable-unsafe-webgpu",
      ...(process.platform === "linux" ? ["--enable-features=Vulkan"] : []),
      ...(hasGpu() ? [] : ["--use-webgpu-adapter=swiftshader"]),
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-quic",
      "--no-first-run",
    ],
  };
}
