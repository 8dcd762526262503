//! The questions, one a file. A new one is a file here and its line in the list below; its slug is the file's name with
//! hyphens.

use crate::frame::Template;

/// Declares the modules and the list over them: the only list of questions there is.
macro_rules! questions {
    ($($module:ident,)*) => {
        $(mod $module;)*

        /// Every question.
        pub fn all() -> &'static [&'static Template] {
            &[$(&$module::TEMPLATE,)*]
        }
    };
}

questions! {
    condition_number,
    distance_share,
    far_value,
    fit_on_all,
    fit_on_train,
    histogram_after,
    how_many_move,
    inlier_range,
    largest_z,
    min_max_value,
    models_that_change,
    nearest_after,
    order_of_spreads,
    outside_train,
    pca_share,
    rank_kept,
    robust_value,
    skewed_median,
    unit_change,
    z_score_divisor,
    z_score_value,
    batch_noise,
    batch_variance,
    bias_before_bn,
    bn_cells,
    bn_eval_value,
    bn_of_two,
    bn_value,
    eval_no_variance,
    folded_weight,
    largest_step,
    loss_after_steps,
    momentum_batches,
    momentum_elsewhere,
    parameter_count,
    running_mean,
    running_variance,
    shared_over_time,
    weights_times,
    adain_value,
    gn_cells,
    gn_value,
    group_sizes,
    in_cells,
    in_value,
    last_block,
    ln_cells,
    ln_value,
    other_rows,
    rms_shift,
    rms_value,
    same_method,
    stream_size,
    unit_length_value,
}
