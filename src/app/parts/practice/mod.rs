//! Parts of the pages of Practice.

pub mod cells_field;
pub mod curve_field;
pub mod interview;
pub mod item_data;
pub mod item_outcome;
pub mod practice_home;
pub mod practice_item;
pub mod practice_side;
