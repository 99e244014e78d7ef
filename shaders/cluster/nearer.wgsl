//! use lib/flat_index.wgsl
// potential[t, i] = min(squares[i], ‖x_i − x_{drawn[t]}‖²): the potential with one more centre there; 0 past the last point.
override WG: u32 = 64;

struct Params { points: u32, blocks: u32, features: u32, draws: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> xt: array<vec4f>;              // [features, blocks]: four points a vector
@group(0) @binding(2) var<storage, read> squares: array<vec4f>;         // [blocks]
@group(0) @binding(3) var<storage, read> drawn: array<u32>;             // [draws]
@group(0) @binding(4) var<storage, read_write> potential: array<vec4f>; // [draws, blocks]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let e = flat_index(group, groups, lane, WG);
  if (e >= params.draws * params.blocks) { return; }
  let t = e / params.blocks;
  let four = e - t * params.blocks;
  let centre = drawn[t];
  var sum = vec4f(0.0);
  for (var j = 0u; j < params.features; j++) {
    let column = j * params.blocks;
    let away = xt[column + four] - vec4f(xt[column + centre / 4u][centre % 4u]);
    sum += away * away;
  }
  let there = vec4u(4u * four) + vec4u(0u, 1u, 2u, 3u) < vec4u(params.points);
  potential[e] = select(vec4f(0.0), min(squares[four], sum), there);
}
