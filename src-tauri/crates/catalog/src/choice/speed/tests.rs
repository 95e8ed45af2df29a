//! On every threshold and one step below.
