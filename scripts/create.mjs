// npm run create -- ../my-app [--template training|kernel|classical]: what `npm create wgrad` does, with the library of this clone.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { create } from "../create/project.mjs";
import { fail, root } from "./install.mjs";

const { name, version } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8"));
const tarball = resolve(root, `${name}-${version}.tgz`);
create(process.argv.slice(2), "npm run create -- ../my-app", tarball, () => {
  if (existsSync(tarball)) return;
  console.log("wgrad: packing the library first, a minute, once; `npm run pack` packs it anew");
  const { status } = spawnSync("npm run pack", { cwd: root, shell: true, stdio: "ignore" });
  if (status !== 0) {
    fail(
      "create: the project is there, but its library is not: 'npm run pack' did not finish; run it to see why, then " +
        "'npm install' in the project",
    );
  }
});
