//! How a person stops a download: Ctrl+C, or the system's polite request.

use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::exit::Failure;
use crate::serve::Stop;

/// Hears Ctrl+C and the system's polite request to end.
pub(super) struct Interrupt {
    heard: Receiver<()>,
    runtime: Option<tokio::runtime::Runtime>,
}

impl Interrupt {
    pub(super) fn listen() -> Result<Self, Failure> {
        let cannot = |error: std::io::Error| {
            Failure::usage(
                format!("an interrupt could not be heard: {error}"),
                "Close other programs and try again.",
            )
        };
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .map_err(cannot)?;
        let stop = {
            let _inside = runtime.enter();
            Stop::listen().map_err(cannot)?
        };
        let (tell, heard) = channel();
        runtime.spawn(async move {
            stop.asked().await;
            // Nobody listens any more when the download is over.
            let _over = tell.send(()).is_err();
        });
        Ok(Self { heard, runtime: Some(runtime) })
    }

    /// Waits so long, and says whether it was heard.
    pub(super) fn within(&self, time: Duration) -> bool {
        match self.heard.recv_timeout(time) {
            Ok(()) => true,
            Err(RecvTimeoutError::Timeout) => false,
            Err(RecvTimeoutError::Disconnected) => {
                std::thread::sleep(time);
                false
            }
        }
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}
