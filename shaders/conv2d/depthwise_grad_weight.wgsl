//! use lib/flat_index.wgsl
//! use conv2d/geometry.wgsl
//! use conv2d/span.wgsl
//! use conv2d/near/* as near
//! use conv2d/dy_row/* as dy_row
//! use storage/* as storage
// partials[slice, o, ky, kx] = Σ over the slice's rows (n, oy) and ox of dy[n, o, oy, ox] · x[n, c, oy·SH + ky − pad_h,
// ox·SW + kx − pad_w], where each input channel c has out_c outputs o of its own, and x is 0 outside. A thread owns a row
// of one window and walks along the rows of its slice, so that the columns on the right of its four are read next; the
// slot `near` is the stride, along both axes.
override WG: u32 = 64;

@group(0) @binding(1) var<storage, read> x: array<StoredElement>;          // [batch, groups, in_h, in_w]
@group(0) @binding(2) var<storage, read> dy: array<StoredElement>;         // [batch, groups·out_c, out_h, out_w]
@group(0) @binding(3) var<storage, read_write> partials: array<f32>; // [slices, groups·out_c, 1, KH, KW]

@compute @workgroup_size(WG)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let i = flat_index(group, groups, lane, WG);
  let channels = params.groups * params.out_c;
  let o = i / KH % channels;
  let slice = i / KH / channels;
  if (slice >= params.slices) { return; }
  let rows = params.batch * params.out_h;
  let per_slice = (rows + params.slices - 1u) / params.slices;
  let end = min(rows, (slice + 1u) * per_slice);
  let ky = i % KH;

  var s: Taps; // sums of the taps, four columns at a time
  for (var p = slice * per_slice; p < end; p++) {
    let oy = p % params.out_h;
    let n = p / params.out_h;
    let plane = n * params.groups + o / params.out_c;
    let inputs = row_of(plane * params.in_h * params.in_w, oy * SH + ky - params.pad_h, params.in_h, params.in_w);
    let outputs = Row(((n * channels + o) * params.out_h + oy) * params.out_w, params.out_w);
    var near = before_row(inputs);
    for (var ox = 0u; ox < params.out_w; ox += 4u) {
      near = next(near, inputs, ox);
      s = add(s, near_met(near), outputs, ox);
    }
  }
  let at = i * KW;
  partials[at] = total(s.a);
  if (KW > 1u) { partials[at + 1u] = total(s.b); }
  if (KW > 2u) { partials[at + 2u] = total(s.c); }
  if (KW > 3u) { partials[at + 3u] = total(s.d); }
  if (KW > 4u) { partials[at + 4u] = total(s.e); }
  if (KW > 5u) { partials[at + 5u] = total(s.f); }
  if (KW > 6u) { partials[at + 6u] = total(s.g); }
}

fn add(s: Taps, m: Taps, row: Row, column: u32) -> Taps {
  let d = upstream(row, column);
  var t = s;
  t.a += d * living(m.a, row, column);
  if (KW > 1u) { t.b += d * living(m.b, row, column); }
  if (KW > 2u) { t.c += d * living(m.c, row, column); }
  if (KW > 3u) { t.d += d * living(m.d, row, column); }
  if (KW > 4u) { t.e += d * living(m.e, row, column); }
  if (KW > 5u) { t.f += d * living(m.f, row, column); }
  if (KW > 6u) { t.g += d * living(m.g, row, column); }
  return t;
}

fn load(i: u32) -> Element { return Element(x[i]); }

fn total(v: vec4f) -> f32 { return v.x + v.y + v.z + v.w; }
