//! The wire types: what the UI, the command line and HTTP callers send and get.
//!
//! They are copied by hand from domain types, so that the inside can change without breaking
//! a caller. Names and shapes of [`Turn`] and [`SearchHit`] are fixed by the headless contract.

mod command;
mod error;
mod facts;
mod imports;
mod ticket;
mod turn;
mod view;

pub use command::{
    Ask, Caution, FaqStatus, Generation, SettingsChange, StaffCommand, VisitorCommand,
};
pub use error::{ApiError, Code};
pub use facts::{FactsView, PlaceView, PriceView, SeasonView, SpanView, SpecialDayView};
pub use imports::{ImportFileView, ImportJobState, ImportJobView, WatchedFolderView};
pub use ticket::{
    ConversationState, ConversationView, HandedOver, StaffMessage, TicketDetail, TicketLineView,
    TicketView,
};
pub use turn::{
    Citation, Desk, Health, PassageView, Role, Route, Timing, Tokens, Turn, TurnEvent, VisitorReply,
};
pub use view::{
    DataView, Doctor, ExamView, FaqView, GapView, HealthView, ImportReport, ImportState,
    MachineView, ModelView, SearchHit, SettingsView, SourceView, StaffReply, TierView,
};
