//! An answer of the worker, as the page holds it.

use std::any::Any;
use std::ops::Deref;
use std::rc::Rc;

/// A shared value that is equal to itself only. Each look of the page asks of every part whether what it shows is still the
/// same: comparing what may be thousands of numbers would take longer than drawing them.
#[derive(Debug, Default)]
pub struct ByPtr<T: ?Sized>(Rc<T>);

impl<T> ByPtr<T> {
    pub fn new(value: T) -> Self {
        Self(Rc::new(value))
    }
}

impl ByPtr<dyn Any> {
    /// A value whose type is forgotten.
    pub fn any(value: impl Any) -> Self {
        Self(Rc::new(value))
    }

    /// As what it was; `None` if it was not.
    pub fn downcast<T: Any>(&self) -> Option<ByPtr<T>> {
        self.0.clone().downcast().ok().map(ByPtr)
    }
}

impl<T: ?Sized> Clone for ByPtr<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for ByPtr<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for ByPtr<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
