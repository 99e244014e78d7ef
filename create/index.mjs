#!/usr/bin/env node
// npm create wgrad my-app -- [--template training|kernel|classical]
import { create } from "./project.mjs";

create(process.argv.slice(2), "npm create wgrad my-app");
