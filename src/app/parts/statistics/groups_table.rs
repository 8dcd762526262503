//! Statistics of the groups that share them.

use yew::prelude::*;

use crate::app::parts::inputs::explained::heading;
use crate::app::parts::inputs::terms::sentence;
use crate::app::parts::name::name;
use crate::app::parts::number::cell;
use crate::app::parts::table::sideways_hint::SidewaysHint;
use crate::plot::number::whole;
use crate::protocol::ViewResult;
use crate::state::ByPtr;

#[derive(Properties, PartialEq)]
pub struct GroupsTableProps {
    pub view: ByPtr<ViewResult>,
    pub precise: bool,
}

#[component]
pub fn GroupsTable(props: &GroupsTableProps) -> Html {
    let GroupsTableProps { view, precise } = props;
    let precise = *precise;
    let groups = &view.groups;
    let shown = groups.first.len() as u64;
    let many = match groups.total {
        1 => "One group".into(),
        total if shown < total => format!("First {} of {} groups", whole(shown), whole(total)),
        total => format!("{} groups", whole(total)),
    };
    // Running statistics were gathered batch by batch; no values are theirs alone.
    let running = groups.first.iter().all(|group| group.count + group.missing == 0);
    let gathered = if running { " They are running statistics, gathered batch by batch." } else { "" };
    let caption = format!(
        "{many} of values that share a centre, which is subtracted, and a scale, by which they are divided.{gathered}"
    );
    let heads = ["group", "n", "missing", "centre", "scale"].into_iter();
    let heads = heads.filter(|head| !running || !matches!(*head, "n" | "missing"));
    html! {
        <>
            <p class="cap">{ caption }</p>
            <SidewaysHint />
            <div class="scroll low" tabindex="0" role="region" aria-label="Statistics of the groups">
                <table class="groups">
                    <thead>
                        <tr>
                            for name in heads {
                                { heading(format!("says-groups-{name}"), name, sentence(name)) }
                            }
                        </tr>
                    </thead>
                    <tbody>
                        for group in &groups.first {
                            <tr>
                                <th scope="row">{ name(&group.name) }</th>
                                if !running {
                                    <td>{ whole(group.count) }</td>
                                    <td>{ whole(group.missing) }</td>
                                }
                                { cell(group.center, precise) }
                                { cell(group.scale, precise) }
                            </tr>
                        }
                    </tbody>
                </table>
            </div>
        </>
    }
}
