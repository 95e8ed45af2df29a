//! From a JSON schema to a grammar that binds the model's text to it. Pure.
//!
//! Understood is what most programs need: objects, lists, texts, numbers, truth values, null, fixed
//! values, alternatives and definitions. Anything else is refused by its name, because a text that
//! only seems to follow a schema is worse than none.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

/// Rules that every grammar has. At most one blank between marks: small models write blanks
/// without end where they may.
const COMMON: &str = r#"ws ::= " "?
string ::= "\"" ([^"\\\x7F\x00-\x1F] | "\\" (["\\bfnrt/] | "u" [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F] [0-9a-fA-F]))* "\""
integer ::= "-"? ("0" | [1-9] [0-9]*)
number ::= integer ("." [0-9]+)? ([eE] [-+]? [0-9]+)?
boolean ::= "true" | "false"
null ::= "null"
value ::= object | array | string | number | boolean | null
object ::= "{" ws (string ws ":" ws value (ws "," ws string ws ":" ws value)*)? ws "}"
array ::= "[" ws (value (ws "," ws value)*)? ws "]"
"#;

/// Words of a schema that say nothing about its form.
const SILENT: &[&str] =
    &["$schema", "$id", "$comment", "title", "description", "default", "examples", "strict"];

/// Rules a grammar may have.
const MOST_RULES: usize = 200;

/// Schemas inside each other.
const DEEPEST: usize = 24;

/// Letters of a grammar; the engine takes no more.
const LONGEST: usize = 16 << 10;

/// Any JSON object.
pub(super) fn any_object() -> String {
    format!("root ::= object\n{COMMON}")
}

/// What follows the schema. Fails with a sentence that names what is not understood.
pub(super) fn of_schema(schema: &Value) -> Result<String, String> {
    let mut maker = Maker { definitions: BTreeMap::new(), rules: Vec::new() };
    for place in ["$defs", "definitions"] {
        let definitions = schema.get(place).and_then(Value::as_object);
        for (name, definition) in definitions.into_iter().flatten() {
            let rule = format!("def-{}", maker.definitions.len());
            maker.definitions.insert(format!("#/{place}/{name}"), (rule, definition.clone()));
        }
    }
    let definitions: Vec<_> = maker.definitions.values().cloned().collect();
    for (rule, definition) in definitions {
        let body = maker.rule_of(&definition, 0)?;
        maker.rules.push((rule, body));
    }
    let root = maker.rule_of(schema, 0)?;
    let mut grammar = format!("root ::= {root}\n{COMMON}");
    for (name, body) in &maker.rules {
        writeln!(grammar, "{name} ::= {body}").map_err(|error| error.to_string())?;
    }
    if grammar.len() > LONGEST || maker.rules.len() > MOST_RULES {
        return Err("The schema is too large; ask for less at a time.".into());
    }
    Ok(grammar)
}

struct Maker {
    /// By reference: the rule's name and the schema.
    definitions: BTreeMap<String, (String, Value)>,
    rules: Vec<(String, String)>,
}

impl Maker {
    /// What stands for a schema in another rule.
    fn rule_of(&mut self, schema: &Value, depth: usize) -> Result<String, String> {
        if depth > DEEPEST || self.rules.len() > MOST_RULES {
            return Err("The schema is too large; ask for less at a time.".into());
        }
        let fields = match schema {
            Value::Bool(true) => return Ok("value".into()),
            Value::Object(fields) => fields,
            _ => return Err("A schema is an object.".into()),
        };
        let body = self.body_of(fields, depth)?;
        if !body.contains([' ', '"']) {
            return Ok(body);
        }
        let name = format!("part-{}", self.rules.len());
        self.rules.push((name.clone(), body));
        Ok(name)
    }

    fn body_of(&mut self, fields: &Map<String, Value>, depth: usize) -> Result<String, String> {
        if let Some(reference) = fields.get("$ref") {
            only(fields, &["$ref"])?;
            let name = reference.as_str().unwrap_or_default();
            let found = self.definitions.get(name);
            return found
                .map(|(rule, _)| rule.clone())
                .ok_or_else(|| format!("`$ref` leads to {name:?}, which is not defined."));
        }
        for word in ["anyOf", "oneOf"] {
            if let Some(choices) = fields.get(word).and_then(Value::as_array) {
                only(fields, &[word])?;
                return self.any_of(choices, depth);
            }
        }
        if let Some(values) = fields.get("enum").and_then(Value::as_array) {
            only(fields, &["enum", "type"])?;
            let texts: Vec<String> = values.iter().map(literal).collect();
            return joined(&texts, "enum");
        }
        if let Some(value) = fields.get("const") {
            only(fields, &["const", "type"])?;
            return Ok(literal(value));
        }
        match fields.get("type") {
            Some(Value::String(kind)) => self.typed(kind, fields, depth),
            Some(Value::Array(kinds)) => {
                let mut rules = Vec::new();
                for kind in kinds {
                    let one = fields.iter().filter(|(name, _)| *name != "type");
                    let mut one: Map<String, Value> =
                        one.map(|(name, value)| (name.clone(), value.clone())).collect();
                    one.insert("type".into(), kind.clone());
                    // What is said of an object says nothing of null.
                    if kind.as_str() == Some("null") {
                        one.retain(|name, _| name == "type");
                    }
                    rules.push(self.rule_of(&Value::Object(one), depth + 1)?);
                }
                joined(&rules, "type")
            }
            None => {
                only(fields, &[])?;
                Ok("value".into())
            }
            Some(_) => Err("`type` is a text, or a list of texts.".into()),
        }
    }

    fn typed(
        &mut self,
        kind: &str,
        fields: &Map<String, Value>,
        depth: usize,
    ) -> Result<String, String> {
        match kind {
            "object" => self.object(fields, depth),
            "array" => {
                only(fields, &["type", "items"])?;
                let Some(items) = fields.get("items") else { return Ok("array".into()) };
                let item = self.rule_of(items, depth + 1)?;
                Ok(format!(r#""[" ws ({item} (ws "," ws {item})*)? ws "]""#))
            }
            "string" | "integer" | "number" | "boolean" | "null" => {
                only(fields, &["type"])?;
                Ok(kind.to_owned())
            }
            other => Err(format!("There is no type {other:?}.")),
        }
    }

    /// All properties, those that need not be there too, in their order.
    fn object(&mut self, fields: &Map<String, Value>, depth: usize) -> Result<String, String> {
        only(fields, &["type", "properties", "required", "additionalProperties"])?;
        let Some(properties) = fields.get("properties").and_then(Value::as_object) else {
            return Ok("object".into());
        };
        let mut parts = Vec::new();
        for (name, property) in properties {
            let rule = self.rule_of(property, depth + 1)?;
            let name = literal(&Value::String(name.clone()));
            parts.push(format!(r#"{name} ws ":" ws {rule}"#));
        }
        let required = fields.get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            if !properties.contains_key(name) {
                return Err(format!("`required` names {name:?}, which is no property."));
            }
        }
        Ok(format!(r#""{{" ws {} ws "}}""#, parts.join(r#" ws "," ws "#)))
    }

    fn any_of(&mut self, choices: &[Value], depth: usize) -> Result<String, String> {
        let rules: Vec<String> = choices
            .iter()
            .map(|choice| self.rule_of(choice, depth + 1))
            .collect::<Result<_, _>>()?;
        joined(&rules, "anyOf")
    }
}

fn joined(rules: &[String], word: &str) -> Result<String, String> {
    match rules {
        [] => Err(format!("`{word}` is empty.")),
        rules => Ok(rules.join(" | ")),
    }
}

/// Fails on a word that binds the form and is not understood.
fn only(fields: &Map<String, Value>, known: &[&str]) -> Result<(), String> {
    let definitions = ["$defs", "definitions"];
    let all =
        |name: &str| known.contains(&name) || SILENT.contains(&name) || definitions.contains(&name);
    match fields.keys().find(|name| !all(name)) {
        None => Ok(()),
        Some(name) => {
            let name: String = name.chars().take(40).collect();
            Err(format!("The word {name:?} of a schema is not understood here; leave it out."))
        }
    }
}

/// A value as it has to stand in the text.
fn literal(value: &Value) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests;
