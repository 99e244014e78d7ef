import { showKernels } from "wgrad/testing";
import { modules } from "./wave.ts";

// a page to read them, run their cases and time them
await showKernels(modules, { title: "My kernels" });
