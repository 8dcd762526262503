//! A table of texts: the numbers behind a plot.

use yew::prelude::*;

use super::sideways_hint::SidewaysHint;
use crate::plot::PlotTable;

pub fn data_table(table: &PlotTable, label: &str) -> Html {
    html! {
        <>
            <SidewaysHint />
            <div class="scroll low" tabindex="0" role="region" aria-label={format!("Numbers behind {}", label)}>
                <table>
                    <thead><tr>for header in &table.headers { <th scope="col">{ header }</th> }</tr></thead>
                    <tbody>
                        for row in &table.rows {
                            <tr>for cell in row { <td>{ cell }</td> }</tr>
                        }
                    </tbody>
                </table>
            </div>
        </>
    }
}
