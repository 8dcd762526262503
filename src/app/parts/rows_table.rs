//! The first rows, before and after.

use yew::prelude::*;

use super::number::cell;
use crate::plot::number::whole;
use crate::protocol::RowsPage;

pub fn rows_table(page: &RowsPage, precise: bool) -> Html {
    let columns = &page.columns;
    let rows = page.rows.iter().map(|row| {
        let numbers = |values: &[f64]| values.iter().map(|value| cell(*value, precise)).collect::<Html>();
        html! {
            <tbody>
                <tr>
                    <th scope="rowgroup" rowspan="2">{ whole(row.number) }</th>
                    <td class="when">{ "before" }</td>
                    { numbers(&row.before) }
                    for label in &row.labels {
                        <td class="label" rowspan="2" title={label.clone()}><span class="name">{ label.clone() }</span></td>
                    }
                </tr>
                <tr><td class="when">{ "after" }</td>{ numbers(&row.after) }</tr>
            </tbody>
        }
    });
    html! {
        <>
            <p class="cap">
                { format!("The first {} of {} rows.", page.rows.len(), whole(page.total)) }
                if columns.left_out > 0 {
                    { format!(" {} more columns are not shown.", whole(columns.left_out)) }
                }
            </p>
            <div class="scroll" tabindex="0" role="region" aria-label="First rows before and after">
                <table class="rows">
                    <thead>
                        <tr>
                            <th scope="col">{ "row" }</th>
                            <th scope="col"><span class="hidden">{ "when" }</span></th>
                            for name in &columns.numbers {
                                <th scope="col" title={name.clone()}><span class="name">{ name }</span></th>
                            }
                            for name in &columns.labels {
                                <th scope="col" class="label" title={name.clone()}><span class="name">{ name }</span></th>
                            }
                        </tr>
                    </thead>
                    { for rows }
                </table>
            </div>
        </>
    }
}
