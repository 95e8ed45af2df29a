//! What the desk does, through its one surface, on stand-ins for the models.

mod a_person_can_always_be_reached;
mod answers_are_kept_while_they_hold;
mod facts_are_told_by_the_clock;
mod staff_see_why;
