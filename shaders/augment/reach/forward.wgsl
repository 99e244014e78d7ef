// The weighted sum of the cells around one: those beyond an end are mirrored there.
fn reached(start: i32, at: i32, length: i32, stride: i32) -> f32 {
  var sum = 0.0;
  for (var k = -params.radius; k <= params.radius; k++) {
    let weight = weights[k + params.radius];
    let cell = length - 1 - abs(length - 1 - abs(at + k)); // mirrored at both ends
    if (weight != 0.0) { sum += weight * x[start + cell * stride]; }
  }
  return sum;
}
