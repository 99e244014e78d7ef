// ---- activation/relu.wgsl
// act(x) = max(x, 0); act'(0) = 0 as in PyTorch. NaN stays NaN: select keeps x where the comparison is false.
fn act(x: f32) -> f32 { return select(x, 0.0, x <= 0.0); }
fn act_grad(x: f32) -> f32 { return select(1.0, 0.0, x <= 0.0); }

// ---- elementwise/map/four.wgsl
// Four elements a lane, in one load and one store: numbers of elements that 4 divides.
alias Pack = vec4f;

fn map(x: Pack) -> Pack { return vec4f(f(x.x), f(x.y), f(x.z), f(x.w)); }

// ---- lib/flat_index.wgsl
// Linear index of this invocation when a long row of workgroups is folded into two dimensions (grid1d in kernel.ts).
fn flat_index(group: vec3u, groups: vec3u, lane: u32, workgroup_size: u32) -> u32 {
  return (group.y * groups.x + group.x) * workgroup_size + lane;
}

// Linear index of this workgroup in a folded grid.
fn flat_group(group: vec3u, groups: vec3u) -> u32 {
  return group.y * groups.x + group.x;
}

// ---- elementwise/point/activate.wgsl
//! use activation/* as act
// y = act(x)
fn point(x: f32) -> f32 { return act(x); }

// ---- elementwise/activate.wgsl
//! use lib/flat_index.wgsl
//! use elementwise/point/activate.wgsl
//! use elementwise/map/* as map
// y[i] = act(x[i])
override WG: u32 = 256;

struct Params { packs: u32 } // packs of one element or four

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Pack>;       // [count]
@group(0) @binding(2) var<storage, read_write> y: array<Pack>; // [count]

fn f(x: f32) -> f32 { return point(x); }

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  if (i < params.packs) { y[i] = map(x[i]); }
}
