// The colours of an image's cell, in as many channels as there are, and those in fewer tones or inverted.
fn colour_at(image: u32, p: u32) -> vec4f {
  let start = image * params.channels * params.cells + p;
  var colour = vec4f(x[start]);
  for (var c = 1u; c < params.channels; c++) { colour[c] = x[start + c * params.cells]; }
  return colour;
}

struct Tones {
  width: f32,     // how many of 256 levels become one; 0 for all as they are
  threshold: f32, // values from here on are inverted; 2 for none
}

fn toned(colour: vec4f, tones: Tones) -> vec4f {
  var result = colour;
  if (tones.width > 0.0) { result = floor(floor(result * 255.0) / tones.width) * tones.width / 255.0; }
  return select(result, 1.0 - result, result >= vec4f(tones.threshold));
}
