//! use loss/triplet_row.wgsl
// g = dy · scale · [margin + near − far ≥ 0],  share = how much of far is D(a, c): 1, or 0 or ½ by the smaller
// da = g·(∂D(a, b) − share·∂D(a, c)),  db = −g·(∂D(a, b) + (1 − share)·∂D(b, c)),  dc = g·(share·∂D(a, c) + (1 − share)·∂D(b, c))
@group(0) @binding(4) var<storage, read> dy: array<f32>;       // [rows] or [1]
@group(0) @binding(5) var<storage, read_write> da: array<f32>; // [rows, cols]
@group(0) @binding(6) var<storage, read_write> db: array<f32>; // [rows, cols]
@group(0) @binding(7) var<storage, read_write> dc: array<f32>; // [rows, cols]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let live = row < params.rows;
  let cols = select(0u, params.cols, live);
  let base = row * params.cols;
  let d = distances(lane, base, cols);
  if (!live) { return; }
  let z = excess(d);
  let g = keep_nan(z, select(0.0, 1.0, z >= 0.0)) * dy[row * params.up_step] * params.scale;
  var share = 1.0;
  if (SWAP) { share = select(select(0.0, 1.0, d.y < d.z), 0.5, d.y == d.z); }
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k;
    let near = pull(a[i] - b[i] + params.eps, d.x, params.p);
    let far = share * pull(a[i] - c[i] + params.eps, d.y, params.p);
    var swapped = 0.0;
    if (SWAP) { swapped = (1.0 - share) * pull(b[i] - c[i] + params.eps, d.z, params.p); }
    da[i] = g * (near - far);
    db[i] = -g * (near + swapped);
    dc[i] = g * (far + swapped);
  }
}
