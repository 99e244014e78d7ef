// The activation of one element.
fn act_each(z: Pack) -> Pack { return act(z); }
fn act_grad_each(z: Pack) -> Pack { return act_grad(z); }
