// Which inputs meet four taps at once. The kernel declares `x`.

// Four taps: input plane, row and column relative to the window's corner.
struct Taps { plane: vec4u, ky: vec4u, kx: vec4u }

// Four rows of x: index of the window's column 0 in each (wrapping), that column, and the width, 0 in the padding.
struct Rows { start: vec4u, ix: vec4u, width: vec4u }

// Taps first..first + 3; those past the last repeat it and are not stored.
fn taps_at(first: u32, count: u32) -> Taps {
  let t = min(vec4u(first) + vec4u(0u, 1u, 2u, 3u), vec4u(count - 1u));
  return Taps(t / (KH * KW), t / KW % KH, t % KW);
}

fn rows_of(taps: Taps, image: u32, oy: u32) -> Rows {
  let iy = oy * SH + taps.ky * DH - params.pad_h; // above the input it wraps to a huge number
  let inside = iy < vec4u(params.in_h);
  let planes = image * params.in_c + taps.plane;
  let ix = taps.kx * DW - params.pad_w;
  let start = (planes * params.in_h + select(vec4u(0u), iy, inside)) * params.in_w + ix;
  return Rows(start, ix, select(vec4u(0u), vec4u(params.in_w), inside));
}

// What lies outside of the row or the image is read (clamped by WGSL) but not used: 0 · NaN would be NaN.
fn inputs(rows: Rows, ox: u32, live: bool) -> vec4f {
  let i = rows.start + ox * SW;
  let inside = (rows.ix + ox * SW < rows.width) & vec4<bool>(live);
  return select(vec4f(0.0), vec4f(Stored4(x[i.x], x[i.y], x[i.z], x[i.w])), inside);
}
