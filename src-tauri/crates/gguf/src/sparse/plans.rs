//! The true measures of published models, for files without weights.
