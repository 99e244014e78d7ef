// The colours of an image's cell, in as many channels as there are, and those in fewer tones or inverted.
fn colour_at(image: u32, p: u32) -> vec4f {
  let start = image * params.channels * params.cells + p;
  var colour = vec4f(x[start]);
  for (var c = 1u; c < params.channels; c++) { colour[c] = x[start + c * params.cells]; }
  return colour;
}

fn toned(colour: vec4f, tones: vec2f) -> vec4f {
  var result = colour;
  if (tones.x > 0.0) { result = floor(floor(result * 255.0) / tones.x) * tones.x / 255.0; }
  return select(result, 1.0 - result, result >= vec4f(tones.y));
}
