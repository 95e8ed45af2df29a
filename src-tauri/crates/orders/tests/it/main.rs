//! Orders through the crate's public face: a desk in a temporary folder, files and real servers.

mod desk;
mod guessing;
mod hostile;
mod servers;
mod setting_up;
