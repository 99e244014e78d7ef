// γ and β of four channels.
fn affine_of(pack: u32) -> Affine {
  let c = 4u * pack;
  return Affine(
    Pack(gamma_at(c), gamma_at(c + 1u), gamma_at(c + 2u), gamma_at(c + 3u)),
    Pack(beta_at(c), beta_at(c + 1u), beta_at(c + 2u), beta_at(c + 3u)),
  );
}
