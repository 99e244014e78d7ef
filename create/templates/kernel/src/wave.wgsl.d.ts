// Generated from wave.wgsl. Do not edit.
import type { Shader } from "wgrad/kernels";
declare const shader: Shader<{
  reads: { x: "f32" };
  optional: {};
  writes: { y: "f32" };
  inouts: {};
  params: { n: number; amplitude: number; frequency: number };
  overrides: "WG";
  slots: { shape: "soft" | "square" };
}>;
export default shader;
