// γ and β of one channel for four elements.
fn affine_of(channel: u32) -> Affine {
  return Affine(Pack(gamma_at(channel)), Pack(beta_at(channel)));
}
