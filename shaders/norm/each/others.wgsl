// The activation of four elements.
fn act_each(z: Pack) -> Pack { return Pack(act(z.x), act(z.y), act(z.z), act(z.w)); }

fn act_grad_each(z: Pack) -> Pack {
  return Pack(act_grad(z.x), act_grad(z.y), act_grad(z.z), act_grad(z.w));
}
