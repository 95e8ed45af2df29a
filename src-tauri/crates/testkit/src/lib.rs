//! The sample shop in a temporary store, on the scripted engine.
