// The gradients as backward passes left them.
fn gradient(i: u32) -> vec4f { return grads[i]; }
