//! The formula by hand, for small numbers.
