//! use loss/cosine_row.wgsl
// da = dy · (b/(|a|·|b|) − cos · a/|a|² where |a| grows with a), db likewise
@group(0) @binding(3) var<storage, read> dy: array<f32>;       // [outer, inner]
@group(0) @binding(4) var<storage, read_write> da: array<f32>; // [outer, cols, inner]
@group(0) @binding(5) var<storage, read_write> db: array<f32>; // [outer, cols, inner]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_group(group, groups) * (WG / SLICE) + lane / SLICE;
  let live = row < params.rows;
  let cols = select(0u, params.cols, live);
  let base = row / params.inner * params.cols * params.inner + row % params.inner;
  let unit = units(lane, base, cols);
  let sums = products(lane, base, cols, unit);
  let size = lengths(sums, unit);
  if (!live) { return; }
  let cosine = cosine_of(sums, size);
  let pull_a = cosine * grows(sums.y, params.eps, unit.x);
  let pull_b = cosine * grows(sums.z, params.eps, unit.y);
  for (var k = lane % SLICE; k < cols; k += SLICE) {
    let i = base + k * params.inner;
    let toward_a = a[i] / unit.x / size.x;
    let toward_b = b[i] / unit.y / size.y;
    da[i] = dy[row] * (toward_b - pull_a * toward_a) / size.x / unit.x;
    db[i] = dy[row] * (toward_a - pull_b * toward_b) / size.y / unit.y;
  }
}
