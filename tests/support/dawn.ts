// WebGPU for tests that run in Node.
import "../../src/node/index.ts";
