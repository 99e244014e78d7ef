// npm run docs: the documentation in dist/site/docs, from the docstrings of the entry points and from docs/guides.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { fail, install, root } from "./install.mjs";

/** Where the documentation's tools are: TypeDoc needs another version of TypeScript than the library. */
const tools = resolve(root, "docs/site");

/**
 * Builds the documentation, and first installs its tools (24 packages) if they are missing. Prints dead links and
 * exported names without a docstring.
 */
export function buildDocs() {
  install();
  install(tools);
  const typedoc = resolve(tools, "node_modules/typedoc/bin/typedoc");
  const words = ["--options", "typedoc.config.mjs", "--logLevel", "Warn"];
  const options = /** @type {const} */ ({ cwd: tools, stdio: "inherit" });
  const { status } = spawnSync(process.execPath, [typedoc, ...words], options);
  if (status !== 0) fail("the documentation could not be built; TypeDoc's messages are above");
}

/** @type {Readonly<Record<string, string>>} */
const types = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
};

/**
 * Lets the development server serve the documentation that was built last.
 * @returns {import("vite").Plugin}
 */
export function builtDocs() {
  return {
    name: "built-docs",
    configureServer(server) {
      server.middlewares.use("/docs", (request, response) => {
        const { pathname } = new URL(request.url ?? "", "http://localhost");
        const name = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
        const file = resolve(root, `dist/site/docs${name}`);
        if (existsSync(file)) {
          response.setHeader("content-type", types[extname(file)] ?? "text/plain");
          response.end(readFileSync(file));
        } else {
          response.statusCode = 404;
          response.end("There is no such page. 'npm run docs' writes the documentation.");
        }
      });
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) buildDocs();
