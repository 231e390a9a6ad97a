//! stub
use crate::value::*;
#[derive(Debug, Clone)]
pub enum Type { Any, Bool, Number, String, List(Box<Type>), Set(Box<Type>), Map(Box<Type>), Tuple(Vec<Type>), Object(Vec<Attribute>) }
#[derive(Debug, Clone)]
pub struct Attribute { pub name: String, pub ty: Type, pub optional: bool, pub default: Option<Value> }
pub fn type_of(_v: &Value) -> Type { Type::Any }
pub fn convert(v: &Value, _ty: &Type) -> Result<Value, String> { Ok(v.clone()) }
pub fn unify(_t: &[Type]) -> Option<Type> { None }
pub fn equal(_a: &Value, _b: &Value) -> Option<bool> { None }
