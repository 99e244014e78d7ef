// γ and β of four channels.
fn affine_of(pack: u32) -> Affine { return Affine(gamma_four(pack), beta_four(pack)); }
