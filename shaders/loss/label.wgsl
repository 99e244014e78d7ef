// A label is a class, or the ignored index (where `ignoring` is 1), or invalid.
fn is_ignored(label: u32, ignore: u32, ignoring: u32) -> bool {
  return (label == ignore) & (ignoring == 1u);
}
