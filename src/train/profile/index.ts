export type { FlameNode } from "./flame.ts";
export { type ProfileOptions, profile } from "./measure.ts";
export { type ClockTime, Profile, type ProfileParts } from "./profile.ts";
export type { DispatchTime } from "./samples.ts";
export { timeKernels } from "./time_kernels.ts";
export type { LayerTotal, Peak, RooflineShare, Total } from "./totals.ts";
export type { Trace, TraceEvent } from "./trace.ts";
