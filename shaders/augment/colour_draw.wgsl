//! use augment/draw.wgsl
// Random parameters of an image's colour steps, each step with a stream of its own; steps that are not taken are skipped.
struct Change {
  order: vec4u,     // steps of jitter, 4 for none
  factors: vec4f,
  tones: Tones,
}

// The steps after those of jitter.
const POSTERIZE = 4u;
const SOLARIZE = 5u;

// Permutation number 0 to 23 of 0, 1, 2, 3.
fn order_of(number: u32) -> vec4u {
  var left = vec4u(0u, 1u, 2u, 3u);
  var order = vec4u(0u);
  var code = number;
  for (var i = 0u; i < 4u; i++) {
    let n = 4u - i;
    order[i] = left[code % n];
    left[code % n] = left[n - 1u];
    code /= n;
  }
  return order;
}

fn is_change(image: u32, k: u32) -> bool {
  return is_taken(params.key, image, params.colours + k, params.changes[k].gate);
}

fn number_of(image: u32, k: u32) -> f32 {
  return drawn_number(params.key, image, params.colours + k, params.changes[k]);
}

fn draw_change(image: u32) -> Change {
  var change = Change(vec4u(0u, 1u, 2u, 3u), vec4f(0.0), Tones(0.0, 2.0));
  var taken = vec4<bool>(false);
  for (var k = 0u; k < 4u; k++) {
    taken[k] = is_change(image, k);
    if (taken[k]) { change.factors[k] = number_of(image, k); }
  }
  if (params.shuffled == 1u) {
    change.order = order_of(multiply_high(words_of(params.key, image, params.colours, 1u).x, 24u));
  }
  for (var i = 0u; i < 4u; i++) { change.order[i] = select(4u, change.order[i], taken[change.order[i]]); }
  if (is_change(image, POSTERIZE)) {
    change.tones.width = f32(1u << u32(8.0 - round(number_of(image, POSTERIZE))));
  }
  if (is_change(image, SOLARIZE)) { change.tones.threshold = number_of(image, SOLARIZE); }
  return change;
}
