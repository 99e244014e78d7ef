// γ and β of one element.
fn affine_of(channel: u32) -> Affine { return Affine(gamma_at(channel), beta_at(channel)); }
