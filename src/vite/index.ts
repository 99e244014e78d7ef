/**
 * `wgrad/vite`: a plugin for Vite and Rollup that imports a project's own kernels from .wgsl files.
 *
 * @module wgrad/vite
 */
export { type WgslOptions, type WgslPlugin, wgsl } from "./plugin.ts";
