//! One module per promise of the README, with the same words in its tests' names.
//!
//! Every test talks to a whole desk through its public face, on the scripted engine. The promises
//! that need the real window or the real models are in `ui/e2e` and in the node's own tests.

mod a_bad_file_costs_one_line;
mod a_dead_engine_leaves_the_desk_answering;
mod a_model_speaks_only_after_its_exam;
mod an_order_is_shown_only_to_who_proves_it;
mod answers_come_from_the_desks_own_texts;
mod approved_answers_are_shown_word_for_word;
mod every_answer_shows_its_source;
mod one_desk_has_one_owner;
mod the_conversation_is_never_evidence;
mod visitors_cannot_manage;
mod what_is_not_covered_is_refused;
mod windows_may_send_only_their_own_commands;
