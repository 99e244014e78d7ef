// Every other column of a row under every tap of a window that moves by 2: even and odd ones, each of which moves by 1.

// Sixteen columns: eight, those on their left and those on their right.
struct Wide { l: vec4f, a: vec4f, b: vec4f, r: vec4f }

// The inputs under tap 0, 1, … at every other one of the eight columns.
fn pairs_met(w: Wide) -> Taps {
  let even = Span(vec4f(0.0, 0.0, w.l.xz), vec4f(w.a.xz, w.b.xz), vec4f(w.r.xz, 0.0, 0.0));
  let odd = Span(vec4f(0.0, 0.0, w.l.yw), vec4f(w.a.yw, w.b.yw), vec4f(w.r.yw, 0.0, 0.0));
  var t: Taps;
  t.a = under(even, odd, 0);
  if (KW > 1u) { t.b = under(even, odd, 1); }
  if (KW > 2u) { t.c = under(even, odd, 2); }
  if (KW > 3u) { t.d = under(even, odd, 3); }
  if (KW > 4u) { t.e = under(even, odd, 4); }
  if (KW > 5u) { t.f = under(even, odd, 5); }
  if (KW > 6u) { t.g = under(even, odd, 6); }
  return t;
}

fn under(even: Span, odd: Span, tap: i32) -> vec4f {
  let by = tap - i32(LEFT);
  if (by % 2 == 0) { return shifted(even, by >> 1u); }
  return shifted(odd, by >> 1u); // an arithmetic shift: negative offsets are rounded down
}
