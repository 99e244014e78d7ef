// The gradient: the weighted sum over all cells whose window holds this one or its mirror images at either end.
fn reached(start: i32, at: i32, length: i32, stride: i32) -> f32 {
  let places = vec3i(at, -at, 2 * (length - 1) - at);
  let real = vec3<bool>(true, at > 0, at < length - 1);
  var sum = 0.0;
  for (var m = 0; m < 3; m++) {
    for (var k = -params.radius; k <= params.radius; k++) {
      let cell = places[m] + k;
      let weight = weights[k + params.radius];
      if (real[m] & (cell >= 0) & (cell < length) & (weight != 0.0)) { sum += weight * x[start + cell * stride]; }
    }
  }
  return sum;
}
