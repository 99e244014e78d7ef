// A label is a class, or marks an element that is left out (where `ignoring` is 1), or is wrong.
fn is_ignored(label: u32, ignore: u32, ignoring: u32) -> bool {
  return (label == ignore) & (ignoring == 1u);
}
