// γ and β of a pack of elements.
struct Affine { scale: Pack, shift: Pack }

// Overrides, because a value that may vary from element to element is slow on software adapters:
override INSIDE: bool = true;      // γ may vary along a row of the norm: in all norms but batch norm
override STATS_VARY: bool = true; // whether a lane's elements have different statistics: if lanes walk down channels

// γ and β where they lie for a pack: of one channel, or of its four.
fn affine_of(channel: u32) -> Affine { return Affine(Pack(gamma_at(channel)), Pack(beta_at(channel))); }
