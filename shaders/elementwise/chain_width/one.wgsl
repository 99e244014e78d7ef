// One element a lane: any number of elements.
alias Pack = f32;

fn each(v: Operands) -> Results {
  let y = chain(v.x0, v.x1, v.x2, v.x3, v.b0, v.b1, v.old0, v.old1);
  return Results(y.x, y.y);
}
