//! use lib/flat_index.wgsl
//! use norm/moments.wgsl
//! use norm/result/* as result
//! use norm/running/* as running
// n = Σ nₖ,  offset = Σ nₖ·offsetₖ / n,  var = Σ nₖ·(varₖ + (offsetₖ − offset)²) / n,  rstd = 1/√(var + eps)
// over the pieces k of a row, merged in order. All pieces of a row share their pivot.
const WG = 64u;

struct Params { rows: u32, pieces: u32, eps: f32, momentum: f32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> pieces: array<vec4f>;      // [pieces, rows]: pivot, offset, count, variance or −√variance
@group(0) @binding(2) var<storage, read_write> stats: array<vec4f>; // [rows]: pivot, offset, rstd, variance

fn moments_of(row: u32, scale: vec2f) -> Partial {
  var moments = Partial(0.0);
  for (var k = 0u; k < params.pieces; k++) {
    let piece = pieces[k * params.rows + row];
    let root = piece.w * scale.x;
    let variance = select(root * scale.x, root * root, piece.w < 0.0);
    moments = combine(moments, Partial(piece.z, piece.y * scale.x, variance));
  }
  return moments;
}

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let row = flat_index(group, groups, lane, WG);
  if (row >= params.rows) { return; }
  var moments = moments_of(row, AS_IS);
  let scale = scale_for(moments.z, params.eps);
  if (scale.x != 1.0) { moments = moments_of(row, scale); }
  let pivot = pieces[row].x;
  stats[row] = result(moments, pivot, params.eps, scale);
  move_running(row, moments.x, pivot + moments.y * scale.y, moments.z * scale.y * scale.y);
}
