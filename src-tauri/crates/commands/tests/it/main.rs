//! What the core promises, one module a promise, on the scripted engine.

mod a_desk_learns;
mod knowledge_has_versions;
mod knowledge_is_audited;
mod the_desk_tests_itself;
