// Four elements a lane, in one load of each operand and one store: numbers of elements that 4 divides.
alias Pack = vec4f;

fn each(v: Operands) -> Results {
  let x = chain(v.x0.x, v.x1.x, v.x2.x, v.x3.x, v.b0, v.b1, v.old0.x, v.old1.x);
  let y = chain(v.x0.y, v.x1.y, v.x2.y, v.x3.y, v.b0, v.b1, v.old0.y, v.old1.y);
  let z = chain(v.x0.z, v.x1.z, v.x2.z, v.x3.z, v.b0, v.b1, v.old0.z, v.old1.z);
  let w = chain(v.x0.w, v.x1.w, v.x2.w, v.x3.w, v.b0, v.b1, v.old0.w, v.old1.w);
  return Results(vec4f(x.x, y.x, z.x, w.x), vec4f(x.y, y.y, z.y, w.y));
}
