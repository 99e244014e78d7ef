//! use lib/flat_index.wgsl
//! use element/* as element
// sums[p, r] = Σ x[o, j, i] over the j of piece p, for the row r = (o, i): a scan of these sums gives the value that
// each piece of the scan of x starts from. LANES threads share a piece; with one, neighbouring threads take neighbouring rows.
const WG = 64u;
override LANES: u32 = 64; // threads a piece: 1 or 64

struct Params { rows: u32, inner: u32, length: u32, piece: u32, pieces: u32 }

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> x: array<Element>;          // [outer, length, inner]
@group(0) @binding(2) var<storage, read_write> sums: array<Element>; // [pieces, rows]

var<workgroup> partial: array<Element, WG>;

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let unit = flat_index(group, groups, lane, WG) / LANES;
  let row = unit % params.rows;
  let piece = unit / params.rows;
  let real = piece < params.pieces;
  var sum = Element(0);
  if (real) {
    let base = row / params.inner * params.length * params.inner + row % params.inner;
    let last = min((piece + 1u) * params.piece, params.length);
    for (var j = piece * params.piece + lane % LANES; j < last; j += LANES) {
      sum += x[base + j * params.inner];
    }
  }
  if (LANES > 1u) {
    partial[lane] = sum;
    workgroupBarrier();
    var eight = Element(0);
    for (var k = 0u; k < 8u; k++) { eight += partial[lane % 8u * 8u + k]; }
    workgroupBarrier(); // all lanes have read `partial`, which is overwritten now
    partial[lane] = eight;
    workgroupBarrier();
    sum = Element(0);
    for (var k = 0u; k < 8u; k++) { sum += partial[k]; }
  }
  if (real & (lane % LANES == 0u)) { sums[unit] = sum; }
}
