//! Real PostgreSQL and MariaDB servers on this computer, started for a test and stopped after it.
