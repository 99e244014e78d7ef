// Generated from wave_grad.wgsl. Do not edit.
import type { Shader } from "wgrad/kernels";
declare const shader: Shader<{
  reads: { dy: "f32"; x: "f32" };
  optional: {};
  writes: { dx: "f32" };
  inouts: {};
  params: { n: number; amplitude: number; frequency: number };
  overrides: "WG";
  slots: { slope: "soft" | "square" };
}>;
export default shader;
