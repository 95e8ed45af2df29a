//! The wire types: what the UI, the command line and HTTP callers send and get.
//!
//! They are copied by hand from domain types, so that the inside can change without breaking
//! a caller. Names and shapes of [`Turn`] and [`SearchHit`] are fixed by the headless contract.

mod access;
mod backup;
mod calibration;
mod command;
mod computer;
mod conversations;
mod doctor;
mod engines;
mod error;
mod face;
mod facts;
mod imports;
mod insights;
mod kiosk;
mod learning;
mod lesson;
mod look;
mod models;
mod network;
mod opening;
mod order;
mod plan;
mod privacy;
mod setup;
mod ticket;
mod turn;
mod view;

pub use access::{AccessCommand, AccessReply, AccessView, Secret};
pub use backup::{
    BackupCommand, BackupContent, BackupCounts, BackupMade, BackupReason, BackupReply, BackupState,
    BackupView, RestoreHow, RestoredView,
};
pub use calibration::{CalibrationView, WeakFaqView};
pub use command::{
    Ask, Caution, FaqStatus, Generation, SettingsChange, StaffCommand, VisitorCommand,
};
pub use computer::{ComputerCommand, ComputerReply, ComputerView};
pub use conversations::{
    ConversationsCommand, ConversationsReply, ExportFormat, ExportTo, SaidView, TalkCounts,
    TalkDetail, TalkFilter, TalkView,
};
pub use doctor::{
    BuildView, DataView, DeviceView, Doctor, MachineView, ModelView, NoteView, TierView,
};
pub use engines::{
    EngineChange, EnginePlace, EngineStanding, EngineTestView, EngineView, EnginesCommand,
    EnginesReply, EnginesView, KeyPlace, LocalPlace,
};
pub use error::{ApiError, Code};
pub use face::{KioskFace, LogoView, LookFace, TopicFace, UnlockView, WelcomeFace};
pub use facts::{FactsView, PlaceView, PriceView, SeasonView, SpanView, SpecialDayView};
pub use imports::{ImportFileView, ImportJobState, ImportJobView, WatchedFolderView};
pub use insights::{
    DayView, InsightsCommand, InsightsReply, InsightsView, LaneCounts, LanguageCount, SavedView,
    TopAnswerView,
};
pub use kiosk::{
    KioskChange, KioskCommand, KioskReply, KioskView, LockCheckId, LockCheckView, LockState,
};
pub use learning::LearningCommand;
pub use lesson::{
    AskedAgain, FaqDetailView, FaqEditView, FindingKind, FindingView, GapClusterView, GapOutcome,
    GapReasons, GapStatus, LearningReply, RevisionView, TestCaseView, TestResultView, TestRunView,
    VersionView, WordingView,
};
pub use look::{LookChange, LookCommand, LookReply, LookView};
pub use models::{
    DownloadOffer, DownloadState, DownloadView, FoundModelView, ImportedModelView, ModelChoiceView,
    ModelOrigin, ModelVerdict,
};
pub use network::{GuestView, LocalAddressView, NetworkCommand, NetworkView, SharedPageView};
pub use opening::{
    CheckRow, CheckState, CheckView, Finding, OpeningCommand, OpeningReply, OpeningView,
};
pub use order::{
    ActivateOrders, OrderCard, OrderColumn, OrderForm, OrderOutcome, OrderProposal, OrderReply,
    OrderSourceView, VerifyOrder,
};
pub use plan::{
    CapacityView, ClaimView, LoadPointView, MixView, PlanPriceView, PlanRequest, PlanView,
    RoadmapRowView, SpeedView, WayView,
};
pub use privacy::{ErasedView, PrivacyCommand, PrivacyReply, PrivacyTimes, PrivacyView};
pub use setup::{SetupCommand, SetupReply, SetupView};
pub use ticket::{
    ConversationState, ConversationView, HandedOver, StaffMessage, TicketDetail, TicketLineView,
    TicketView,
};
pub use turn::{
    Citation, Desk, Health, PassageView, Role, Route, Timing, Tokens, Turn, TurnEvent, VisitorReply,
};
pub use view::{
    ExamView, FaqView, GapView, HealthView, ImportReport, ImportState, SearchHit, SettingsView,
    SourceView, StaffReply,
};
