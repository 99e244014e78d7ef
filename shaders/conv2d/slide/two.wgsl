//! use conv2d/pairs.wgsl
// Stride 2: rows are read in pairs, and columns as even and odd ones, each of which moves by 1.

// output[row, column + 0..3] = Σ over ky, kx of
//   input[2·row + ky − top, 2·(column + 0..3) + kx − LEFT] · weight_of(ky·KW + kx)
fn slide_down(strip: Strip, input: Size, output: Size, top: u32) {
  let k = lines();
  let later = (KH - 1u) / 2u; // pairs of rows from the first one that a window meets to the last
  var s: Taps; // of the rows below: a holds one pair of rows, b two, …
  for (var i = 0u; i < strip.rows + later; i++) {
    let y = 2u * (strip.row + i) - top;
    let even = pair_met(row_of(strip.read_at, y, input.height, input.width), 2u * strip.column);
    if (KH > 6u) { s.d = s.c + along(k.g, even); }
    if (KH > 4u) { s.c = s.b + along(k.e, even); }
    if (KH > 2u) { s.b = s.a + along(k.c, even); }
    s.a = along(k.a, even);
    if (KH > 1u) {
      let odd = pair_met(row_of(strip.read_at, y + 1u, input.height, input.width), 2u * strip.column);
      s.a += along(k.b, odd);
      if (KH > 3u) { s.b += along(k.d, odd); }
      if (KH > 5u) { s.c += along(k.f, odd); }
    }
    let row = strip.row + i - later;
    if ((i >= later) & (row < output.height)) {
      store(Row(strip.write_at + row * output.width, output.width), strip.column, complete(s));
    }
  }
}

// The sum over all rows of the window.
fn complete(s: Taps) -> vec4f {
  switch ((KH + 1u) / 2u) {
    case 1u: { return s.a; }
    case 2u: { return s.b; }
    case 3u: { return s.c; }
    default: { return s.d; }
  }
}

// The inputs under tap 0, 1, … at every other column from `column` on.
fn pair_met(row: Row, column: u32) -> Taps {
  var w = Wide(vec4f(), four(row, column), four(row, column + 4u), vec4f());
  if (LEFT > 0u) { w.l = four(row, column - 4u); }
  if (KW > LEFT + 2u) { w.r = four(row, column + 8u); }
  return pairs_met(w);
}
