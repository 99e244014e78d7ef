// Reads the colour of a cell, a vec4 for one to four channels; posterises and solarises it.
fn colour_at(image: u32, p: u32) -> vec4f {
  let start = image * params.channels * params.cells + p;
  var colour = vec4f(x[start]);
  for (var c = 1u; c < params.channels; c++) { colour[c] = x[start + c * params.cells]; }
  return colour;
}

struct Tones {
  width: f32,     // posterize: levels of 256 that are merged into one; 0: off
  threshold: f32, // solarize: values ≥ threshold are inverted; 2: off
}

fn toned(colour: vec4f, tones: Tones) -> vec4f {
  var result = colour;
  if (tones.width > 0.0) { result = floor(floor(result * 255.0) / tones.width) * tones.width / 255.0; }
  return select(result, 1.0 - result, result >= vec4f(tones.threshold));
}
