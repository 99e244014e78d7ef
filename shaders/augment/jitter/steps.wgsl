//! use augment/colour_step.wgsl
// The steps of jitter up to contrast, or all, in the order that was drawn.
fn jittered_by(colour: vec4f, grey: f32, until_contrast: bool) -> vec4f {
  var result = colour;
  for (var i = 0u; i < 4u; i++) {
    let which = change.order[i];
    if (until_contrast & (which == 1u)) { break; }
    if (which < 4u) { result = jittered(result, which, change.factors, grey); }
  }
  return result;
}
