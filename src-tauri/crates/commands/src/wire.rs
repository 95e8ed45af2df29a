//! The wire types: what the UI, the command line and HTTP callers send and get.
//!
//! They are copied by hand from domain types, so that the inside can change without breaking
//! a caller. Names and shapes of [`Turn`] and [`SearchHit`] are fixed by the headless contract.

mod command;
mod error;
mod order;
mod turn;
mod view;

pub use command::{
    Ask, Caution, FaqStatus, Generation, SettingsChange, StaffCommand, VisitorCommand,
};
pub use error::{ApiError, Code};
pub use order::{
    ActivateOrders, OrderCard, OrderColumn, OrderForm, OrderOutcome, OrderProposal, OrderReply,
    OrderSourceView, VerifyOrder,
};
pub use turn::{
    Citation, Desk, Health, PassageView, Role, Route, Timing, Tokens, Turn, TurnEvent, VisitorReply,
};
pub use view::{
    DataView, Doctor, ExamView, FaqView, GapView, HealthView, ImportReport, ImportState,
    MachineView, ModelView, SearchHit, SettingsView, SourceView, StaffReply, TierView,
};
