// npm start: installs what is missing, then serves the demo pages.
import { resolve } from "node:path";
import { install, root } from "./install.mjs";

install();
const { createServer } = await import("vite");
const server = await createServer({ configFile: resolve(root, "vite.config.ts") });
await server.listen();
console.log("wgrad: demo pages, in a browser with WebGPU (Ctrl-C stops the server)");
server.printUrls();
