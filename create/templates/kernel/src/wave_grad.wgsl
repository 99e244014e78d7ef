//! use ./slopes/* as slope
// dx[i] = dy[i] · amplitude · frequency · slope(frequency · x[i])
override WG: u32 = 64;

struct Params { n: u32, amplitude: f32, frequency: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> dy: array<f32>;       // [n]
@group(0) @binding(2) var<storage, read> x: array<f32>;        // [n]
@group(0) @binding(3) var<storage, read_write> dx: array<f32>; // [n]

@compute @workgroup_size(WG)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= params.n) { return; }
  dx[i] = dy[i] * params.amplitude * params.frequency * slope(params.frequency * x[i]);
}
