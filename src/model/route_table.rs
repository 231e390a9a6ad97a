//! Route tables: catalogue row and value to entries.
