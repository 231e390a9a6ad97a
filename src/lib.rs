//! kmslint: finds Azure networks that are pinned to an endpoint that moved.
//!
//! # The flow
//!
//! ```text
//! source -> syntax -> value -> model -> check -> finding -> output
//!   text     trees     data     intent   verdict   what the user reads
//! ```
//!
//! A front end (`terraform`) is a road from text to the same model; everything behind the model knows no notation.
//! The command line is a thin shell over one [`workspace::Workspace`].
//!
//! # Layers
//!
//! A module imports only from layers above its own, never from its own or one below. A test reads this table
//! and enforces it.
//!
//! ```layers
//! source
//! endpoint value finding
//! syntax
//! rule
//! model
//! arm terraform
//! check fix
//! workspace
//! output
//! cli
//! main
//! ```

pub mod arm;
pub mod check;
pub mod cli;
pub mod endpoint;
pub mod finding;
pub mod fix;
pub mod model;
pub mod output;
pub mod rule;
pub mod source;
pub mod syntax;
pub mod terraform;
pub mod value;
pub mod workspace;
