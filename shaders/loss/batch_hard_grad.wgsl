//! use lib/flat_index.wgsl
//! use loss/ranking/* as ranking
// g[n] = dy[n] · scale · rank′(near[n] − far[n]),  e(n, j) = (x[n] − x[j]) / ‖x[n] − x[j]‖, and 0 where that is 0
// dx[r] = g[r]·(e(r, p[r]) − e(r, q[r])) + Σ_{n: p[n] = r} g[n]·e(r, n) − Σ_{n: q[n] = r} g[n]·e(r, n)
// with p and q the hardest positive and negative of a row. A workgroup has a row r, its lanes the columns.
override WG: u32 = 64;

struct Params {
  rows: u32,
  cols: u32,
  margin: f32,
  scale: f32,
  up_step: u32, // 1 for an upstream gradient of every row, 0 for one number
}

const NO_ROW = 0xffffffffu;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<f32>;         // [rows, cols]
@group(0) @binding(2) var<storage, read> hardest: array<u32>;   // [rows, 2]
@group(0) @binding(3) var<storage, read> distances: array<f32>; // [rows, 2]
@group(0) @binding(4) var<storage, read> dy: array<f32>;        // [rows] or [1]
@group(0) @binding(5) var<storage, read_write> dx: array<f32>;  // [rows, cols]

// Column k of (x[n] − x[j]) / d.
fn toward(n: u32, j: u32, k: u32, d: f32) -> f32 {
  let difference = x[n * params.cols + k] - x[j * params.cols + k];
  return select(difference / d, 0.0, d == 0.0);
}

// The part of dx[r, k] that the loss of row n gives.
fn share(n: u32, r: u32, k: u32) -> f32 {
  let p = hardest[2u * n];
  let q = hardest[2u * n + 1u];
  let concerned = (n == r) | (p == r) | (q == r);
  if (!concerned | (q == NO_ROW)) { return 0.0; }
  let near = distances[2u * n];
  let far = distances[2u * n + 1u];
  let g = dy[n * params.up_step] * params.scale * rank_grad(near - far, params.margin);
  let along_p = g * toward(n, p, k, near);
  let along_q = g * toward(n, q, k, far);
  var sum = select(0.0, along_p - along_q, n == r);
  sum -= select(0.0, along_p, p == r);
  return sum + select(0.0, along_q, q == r);
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let r = flat_group(group, groups);
  if (r >= params.rows) { return; }
  for (var k = lane; k < params.cols; k += WG) {
    var sum = 0.0;
    for (var n = 0u; n < params.rows; n++) { sum += share(n, r, k); }
    dx[r * params.cols + k] = sum;
  }
}
