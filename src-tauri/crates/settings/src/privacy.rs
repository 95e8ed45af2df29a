//! How long a desk keeps what people said.

/// Hours that a transcript of the visitors' screen may be kept at most: four weeks.
const MOST_KIOSK_HOURS: u32 = 28 * 24;
/// Days that anything may be kept at most: ten years.
const MOST_DAYS: u32 = 3_650;

/// How long texts are kept before they are erased. Numbers without words stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Privacy {
    /// Hours that a transcript of the visitors' screen is kept; with 0 it goes with the visitor.
    pub kiosk_hours: u32,
    /// Days that other conversations are kept.
    pub conversation_days: u32,
    /// Days that wishes for a person are kept.
    pub ticket_days: u32,
}

impl Default for Privacy {
    fn default() -> Self {
        Self { kiosk_hours: 0, conversation_days: 30, ticket_days: 90 }
    }
}

impl Privacy {
    /// Sets one value by the last part of its saved name; `None` when it has no such value.
    pub(crate) fn set(&mut self, name: &str, value: &str) -> Option<()> {
        let number: u32 = value.parse().ok()?;
        let within = |most: u32| (number <= most).then_some(number);
        match name {
            "kiosk_hours" => self.kiosk_hours = within(MOST_KIOSK_HOURS)?,
            "conversation_days" => self.conversation_days = within(MOST_DAYS)?,
            "ticket_days" => self.ticket_days = within(MOST_DAYS)?,
            _ => return None,
        }
        Some(())
    }

    /// Every value by its saved name.
    pub(crate) fn pairs(&self) -> [(&'static str, String); 3] {
        [
            ("privacy.kiosk_hours", self.kiosk_hours.to_string()),
            ("privacy.conversation_days", self.conversation_days.to_string()),
            ("privacy.ticket_days", self.ticket_days.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use crate::Settings;

    fn check(key: &str, value: &str, fits: bool) {
        assert_eq!(Settings::default().set(key, value).is_ok(), fits, "{key}={value}");
    }

    #[test]
    fn times_are_checked() {
        check("privacy.kiosk_hours", "0", true);
        check("privacy.kiosk_hours", "672", true);
        check("privacy.kiosk_hours", "673", false);
        check("privacy.conversation_days", "3650", true);
        check("privacy.conversation_days", "3651", false);
        check("privacy.ticket_days", "-1", false);
        check("privacy.ticket_days", "soon", false);
        check("privacy.log_days", "1", false);
    }

    #[test]
    fn times_come_back_as_they_were_saved() {
        let mut settings = Settings::default();
        settings.set("privacy.ticket_days", "14").unwrap();
        assert_eq!(settings.differences(), [("privacy.ticket_days", "14".to_owned())]);
        assert_eq!(settings.privacy.conversation_days, 30);
    }
}
