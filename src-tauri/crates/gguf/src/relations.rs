//! Settings that are fine on their own and end the process together: heads that do not divide,
//! more experts in use than there are, layers that are counted twice.

use crate::Refusal;
use crate::architecture::{Architecture, Turned};
use crate::keys::Keys;
use crate::settings::{HEADS_KEY, LAYERS_KEY, WIDTH_KEY};
use crate::value::Kind;

/// Positions of a token: time, height, width and one more.
const SECTIONS: u64 = 4;

/// The settings of one file, once each of them is known to be in bounds.
struct Shape<'a> {
    keys: &'a Keys,
    architecture: &'a Architecture,
    layers: u32,
    width: u32,
}

/// Fails on the first settings that contradict each other.
pub(crate) fn check(keys: &Keys, architecture: &Architecture) -> Result<(), Refusal> {
    let layers = keys.required(&architecture.key(LAYERS_KEY), 0..=u32::MAX)?;
    let width = keys.required(&architecture.key(WIDTH_KEY), 0..=u32::MAX)?;
    let shape = Shape { keys, architecture, layers, width };
    shape.check_layers()?;
    shape.check_heads()?;
    shape.check_experts()?;
    shape.check_states()?;
    shape.check_dense()
}

impl Shape<'_> {
    fn whole(&self, name: &str) -> Result<Option<u32>, Refusal> {
        self.keys.whole(&self.architecture.key(name), 0..=u32::MAX)
    }

    fn layered(&self, name: &str) -> Result<Option<Vec<u32>>, Refusal> {
        self.keys.layered(&self.architecture.key(name), 0..=u32::MAX, self.layers)
    }

    fn wrong(&self, name: &str, problem: String) -> Refusal {
        Refusal::key(&self.architecture.key(name), problem)
    }

    /// Some layers are taken away from the total; what is left must be layers.
    fn check_layers(&self) -> Result<(), Refusal> {
        let layers = self.layers;
        for (name, left) in [
            ("nextn_predict_layers", 1),
            ("attention.shared_kv_layers", 2),
            ("leading_dense_block_count", 0),
        ] {
            if let Some(taken) = self.whole(name)?
                && taken > 0
                && taken + left > layers
            {
                return Err(self.wrong(name, format!("is {taken}, too many of {layers} layers")));
            }
        }
        Ok(())
    }

    fn check_heads(&self) -> Result<(), Refusal> {
        let width = self.width;
        let heads =
            self.layered(HEADS_KEY)?.ok_or_else(|| self.wrong(HEADS_KEY, "is missing".into()))?;
        let first = heads[0];
        if first == 0 {
            return Err(self.wrong(HEADS_KEY, "is 0 for the first layer".into()));
        }
        if let Some(shared) = self.layered("attention.head_count_kv")? {
            for (heads, shared) in heads.into_iter().zip(shared) {
                if shared > 0 && heads % shared != 0 {
                    let problem = format!("is {shared}, which does not divide {heads} heads");
                    return Err(self.wrong("attention.head_count_kv", problem));
                }
            }
        }
        let key_length = self.whole("attention.key_length")?;
        if key_length.is_none() && !width.is_multiple_of(first) {
            let problem = format!("is {first}, which does not divide the width of {width}");
            return Err(self.wrong(HEADS_KEY, problem));
        }
        let head = key_length.unwrap_or(width / first);
        let value = self.whole("attention.value_length")?.unwrap_or(width / first);
        if head != value {
            let problem = format!("is {value}, but heads have {head} numbers");
            return Err(self.wrong("attention.value_length", problem));
        }
        let key_swa = self.whole("attention.key_length_swa")?.unwrap_or(head);
        let value_swa = self.whole("attention.value_length_swa")?.unwrap_or(value);
        if key_swa != value_swa {
            let problem = format!("is {value_swa}, but heads have {key_swa} numbers");
            return Err(self.wrong("attention.value_length_swa", problem));
        }
        self.check_turned("rope.dimension_count", head)?;
        self.check_turned("rope.dimension_count_swa", key_swa)?;
        self.check_sections(head)
    }

    /// Numbers are turned in pairs, and there are no more of them than a head has.
    fn check_turned(&self, name: &str, head: u32) -> Result<(), Refusal> {
        let Some(turned) = self.whole(name)? else { return Ok(()) };
        let fits = match self.architecture.turned {
            Turned::Whole => turned == head,
            Turned::Part => turned <= head && turned.is_multiple_of(2),
        };
        if fits {
            return Ok(());
        }
        Err(self.wrong(name, format!("is {turned}, which does not fit heads of {head} numbers")))
    }

    fn check_sections(&self, head: u32) -> Result<(), Refusal> {
        let name = "rope.dimension_sections";
        let key = self.architecture.key(name);
        let kinds = [Kind::I32, Kind::U32];
        let Some(sections) = self.keys.wholes(&key, &kinds, 0..=head, SECTIONS)? else {
            return Ok(());
        };
        let total: u32 = sections.iter().sum();
        if sections[..3].iter().all(|&section| section == 0) || total > head {
            let problem = format!("are {sections:?}, which does not fit heads of {head} numbers");
            return Err(self.wrong(name, problem));
        }
        Ok(())
    }

    fn check_experts(&self) -> Result<(), Refusal> {
        let experts = self.whole("expert_count")?.unwrap_or(0);
        let used = self.layered("expert_used_count")?.unwrap_or_default();
        let used = used.into_iter().max().unwrap_or(0);
        let groups = self.whole("expert_group_count")?.unwrap_or(0);
        let used_groups = self.whole("expert_group_used_count")?.unwrap_or(0);
        if experts == 0 && self.architecture.needs_experts {
            return Err(self.wrong("expert_count", "is 0 or missing".into()));
        }
        let lengths = self.layered("feed_forward_length")?;
        if experts == 0 && lengths.is_some_and(|all| all.iter().all(|&length| length == 0)) {
            return Err(self.wrong("feed_forward_length", "is 0, and there are no experts".into()));
        }
        if used > experts || (used == 0 && experts > 0) {
            let problem = format!("is {used} of {experts} experts");
            return Err(self.wrong("expert_used_count", problem));
        }
        if groups > 0 && (groups >= experts || experts % groups != 0) {
            let problem = format!("is {groups}, which does not divide {experts} experts");
            return Err(self.wrong("expert_group_count", problem));
        }
        if groups > 1 && (used_groups == 0 || used_groups >= groups) {
            let problem = format!("is {used_groups} of {groups} groups");
            return Err(self.wrong("expert_group_used_count", problem));
        }
        Ok(())
    }

    /// Layers that carry a state are divided into heads and groups.
    fn check_states(&self) -> Result<(), Refusal> {
        let Some(heads) = self.whole("ssm.time_step_rank")? else { return Ok(()) };
        let groups = self.whole("ssm.group_count")?.unwrap_or(1);
        let inner = self.whole("ssm.inner_size")?.unwrap_or(heads);
        let divides = heads > 0 && groups > 0 && inner % heads == 0;
        if !divides || heads % groups != 0 || inner % groups != 0 {
            let problem = format!("is {heads}, beside {groups} groups and {inner} numbers");
            return Err(self.wrong("ssm.time_step_rank", problem));
        }
        if self.architecture.name == "granitehybrid" && inner != 2 * self.width {
            let problem = format!("is {inner}, it must be twice the width of {}", self.width);
            return Err(self.wrong("ssm.inner_size", problem));
        }
        Ok(())
    }

    /// Layers behind an embedding model begin and end with its own width.
    fn check_dense(&self) -> Result<(), Refusal> {
        for name in ["dense_2_feat_in", "dense_3_feat_out"] {
            if let Some(dense) = self.whole(name)?
                && dense != 0
                && dense != self.width
            {
                let problem = format!("is {dense}, it must be the width of {}", self.width);
                return Err(self.wrong(name, problem));
            }
        }
        Ok(())
    }
}
