// Makes WebGPU available to tests that run in Node.
import "../../src/node/index.ts";
