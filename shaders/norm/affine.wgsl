// γ and β of a pack of elements.
struct Affine { scale: Pack, shift: Pack }
