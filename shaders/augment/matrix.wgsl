//! use augment/geometry_step.wgsl
// Where in the picture that is read a point (x, y, 1) of the one that is made lies: the product of the steps that an image takes,
// eight vectors of params.list each.
fn step_at(s: u32) -> Step {
  let i = 8u * s;
  return Step(
    vec4u(params.list[i]), params.list[i + 1u], params.list[i + 2u], params.list[i + 3u],
    params.list[i + 4u], params.list[i + 5u], params.list[i + 6u], params.list[i + 7u],
  );
}

fn matrix_of(image: u32) -> mat3x3f {
  var total = mat3x3f(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0);
  for (var s = 0u; s < params.steps; s++) {
    let step = step_at(s);
    let number = params.first + s;
    if (is_taken(params.key, image, number, step.gate)) {
      let affine = affine_of(step, params.key, image, number);
      total = total * cropped(step, params.key, image, number) * affine;
      if (step.result.z > 0.0) { total = total * perspective_of(step, params.key, image, number); }
    }
  }
  return total;
}
