//! What the desk does, through its one surface, on stand-ins for the models.

#![allow(clippy::unwrap_used, reason = "a failing test should stop there")]

mod a_backup_brings_the_desk_back;
mod a_crowd_is_served;
mod a_crowd_waits_in_a_line;
mod a_desk_has_its_own_look;
mod a_desk_is_checked_before_it_opens;
mod a_desk_learns;
mod a_model_speaks_under_checks;
mod a_person_can_always_be_reached;
mod a_plan_for_more_visitors;
mod answers_are_kept_while_they_hold;
mod desks_follow_a_publisher;
mod desks_tell_what_was_asked;
mod facts_are_told_by_the_clock;
mod gate;
mod imports;
mod knowledge_has_versions;
mod knowledge_is_audited;
mod languages;
mod mistakes_others_made;
mod models_are_brought;
mod models_are_changed;
mod models_are_downloaded;
mod models_suit_a_computer;
mod orders;
mod servers_answer_too;
mod shelf;
mod staff_see_why;
mod the_computer_is_looked_after;
mod the_desk_tests_itself;
mod the_exit_pin_resists;
mod the_first_run;
mod the_screen_is_set_up;
mod this_computer_is_measured;
mod watched_folders;
mod what_the_desk_did;
mod what_visitors_said;
mod words_go_when_visitors_go;
