//! Shapes of models whose measures are known.
