//! A table of texts: the numbers behind a plot.

use yew::prelude::*;

use crate::plot::Table;

#[derive(Properties, PartialEq)]
pub struct DataTableProps {
    pub table: Table,
    pub label: AttrValue,
}

#[component]
pub fn DataTable(props: &DataTableProps) -> Html {
    html! {
        <div class="scroll low" tabindex="0" role="region" aria-label={format!("Numbers behind {}", props.label)}>
            <table>
                <thead><tr>for header in &props.table.headers { <th scope="col">{ header }</th> }</tr></thead>
                <tbody>
                    for row in &props.table.rows {
                        <tr>for cell in row { <td>{ cell }</td> }</tr>
                    }
                </tbody>
            </table>
        </div>
    }
}
