//! The program of the experiments: answers the page in a worker, which `src/loaders/experiments.js` starts.
//!
//! A message is the bytes of a [`ToExperiments`], an answer those of a [`FromExperiments`].

mod files;
mod host;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::Uint8Array;
use normlab_experiments::PauseState;
use normlab_report::{FromExperiments, PauseCommand, ToExperiments, UserTable};
use normlab_web_worker::scope;
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

fn main() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    let program = Program::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| receive(&event, &program));
    // An own listener, so that the loader's does not have to make way.
    if let Err(error) = scope().add_event_listener_with_callback("message", on_message.as_ref().unchecked_ref()) {
        web_sys::console::error_1(&error);
    }
    // Lives as long as the worker.
    on_message.forget();
}

/// What the program knows between two messages.
#[derive(Default)]
struct Program {
    /// The run that counts; a newer one, or `Cancel`, makes all before it pointless.
    newest: Rc<Cell<u64>>,
    pause: Rc<PauseState>,
    user_table: RefCell<Option<UserTable>>,
}

impl Program {
    /// Ends what is running, be it paused.
    fn end_runs(&self) {
        self.newest.set(self.newest.get() + 1);
        self.pause.set(PauseCommand::Continue);
    }
}

fn receive(event: &MessageEvent, program: &Program) {
    let bytes = Uint8Array::new(&event.data()).to_vec();
    let mut message: ToExperiments = match normlab_protocol::decode(&bytes) {
        Ok(message) => message,
        // Page and program are not of one build: no answer would be right. The page hears of the stop.
        Err(error) => wasm_bindgen::throw_str(&format!("The page sent what the program cannot read: {error}")),
    };
    if let ToExperiments::Keep(table) = message {
        program.user_table.replace(Some(table));
        return;
    }
    if let ToExperiments::Describe(request) | ToExperiments::Run(request) | ToExperiments::Seeds(request, _) =
        &mut message
        && request.on_user_table
    {
        request.user_table.clone_from(&program.user_table.borrow());
    }
    let id = match &message {
        ToExperiments::Run(request) | ToExperiments::Seeds(request, _) => {
            program.end_runs();
            request.id
        }
        ToExperiments::Cancel => return program.end_runs(),
        ToExperiments::Pause(command) => return program.pause.set(*command),
        ToExperiments::Practice(query) => {
            let items = normlab_lessons::answer(query);
            return send(&FromExperiments::Practice { query: query.clone(), items });
        }
        ToExperiments::List | ToExperiments::Describe(_) | ToExperiments::Keep(_) => 0,
    };
    let Program { newest, pause, .. } = program;
    let host = host::BrowserHost { id, run: newest.get(), newest: newest.clone(), pause: pause.clone() };
    wasm_bindgen_futures::spawn_local(async move {
        let experiments = normlab_experiments::all();
        if let Some(answer) = normlab_experiments::serve(experiments, &message, &files::Fetched, &host).await {
            send(&answer);
        }
    });
}

/// Sends an answer to the page.
fn send(answer: &FromExperiments) {
    match normlab_protocol::encode(answer) {
        Ok(bytes) => normlab_web_worker::send(&bytes),
        Err(error) => web_sys::console::error_1(&error.to_string().into()),
    }
}
