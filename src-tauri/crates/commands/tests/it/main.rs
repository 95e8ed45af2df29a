//! What the core promises, through its two doors, on a desk with stand-ins for models.

mod a_model_speaks_under_checks;
