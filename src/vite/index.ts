/**
 * `wgrad/vite`: kernels of a project's own, from .wgsl files. A plugin for Vite and for Rollup.
 *
 * @module wgrad/vite
 */
export { type WgslOptions, type WgslPlugin, wgsl } from "./plugin.ts";
