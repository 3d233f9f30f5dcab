//! `config.json`: of which family a network is, and its shape as rust-bert wants it.

use crate::{Card, Error};
use rust_bert::bert::BertConfig;
use rust_bert::distilbert::DistilBertConfig;
use rust_bert::electra::ElectraConfig;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A network's shape.
pub(crate) struct Family {
    pub(super) shape: Shape,
    pad: i64,
    positions: usize,
}

/// The families, each with what rust-bert builds it from.
pub(super) enum Shape {
    Bert(BertConfig),
    /// `RoBERTa` and what is built like it: XLM-`RoBERTa`, `CamemBERT`.
    Roberta(BertConfig),
    DistilBert(DistilBertConfig),
    Electra(ElectraConfig),
    /// All three versions.
    Deberta(super::deberta::Shape),
    /// A bundle of one's own.
    Own(super::own::Shape),
}

/// The families by the names that `config.json` has them under.
pub(crate) const FAMILIES: [&str; 8] =
    ["bert", "roberta", "xlm-roberta", "camembert", "distilbert", "electra", "deberta", "deberta-v2"];

/// What a bundle of one's own is called there.
pub(super) const OWN: &str = "polso";

impl Family {
    /// Reads the description; the number of labels is the card's.
    pub(crate) fn parse(description: &[u8], card: &Card) -> Result<Self, Error> {
        let labels = card.published.as_ref().map_or(0, |published| published.means.len());
        Self::described(description, labels).map_err(|what| Error::Config { model: card.id.clone(), what })
    }

    fn described(description: &[u8], labels: usize) -> Result<Self, String> {
        let written: Map<String, Value> =
            serde_json::from_slice(description).map_err(|error| format!("cannot be read: {error}"))?;
        let family = written.get("model_type").and_then(Value::as_str).unwrap_or_default().to_owned();
        if written.get("position_embedding_type").and_then(Value::as_str).is_some_and(|kind| kind != "absolute") {
            return Err("asks for relative positions, which rust-bert does not have for this family".to_owned());
        }
        let is_roberta = matches!(family.as_str(), "roberta" | "xlm-roberta" | "camembert");
        let pad = written.get("pad_token_id").and_then(Value::as_i64).unwrap_or(i64::from(is_roberta));
        let room = written.get("max_position_embeddings").and_then(Value::as_u64).unwrap_or(512);
        // Their positions begin behind the number of the padding.
        let taken = if is_roberta { 2 } else { 0 };
        let positions = usize::try_from(room).unwrap_or(usize::MAX).saturating_sub(taken);
        // Its own defaults are other ones.
        let is_deberta = family.starts_with("deberta");
        let whole = if is_deberta { labelled(written, labels) } else { completed(written, labels) };
        let shape = match family.as_str() {
            "bert" => Shape::Bert(shape(whole)?),
            _ if is_roberta => Shape::Roberta(shape(whole)?),
            "distilbert" => Shape::DistilBert(shape(whole)?),
            "electra" => Shape::Electra(shape(whole)?),
            "deberta" | "deberta-v2" => Shape::Deberta(shape::<super::deberta::Shape>(whole)?.check()?),
            OWN => Shape::Own(super::own::Shape::parse(whole)?),
            other => {
                return Err(format!(
                    "describes a model of the family `{other}`, and only these run: {}",
                    FAMILIES.join(", ")
                ));
            }
        };
        Ok(Self { shape, pad, positions })
    }

    /// The id that pads a batch.
    pub(super) fn pad(&self) -> i64 {
        self.pad
    }

    /// Tokens of the longest text that it has positions for.
    pub(crate) fn positions(&self) -> usize {
        self.positions
    }
}

fn shape<T: DeserializeOwned>(whole: Value) -> Result<T, String> {
    serde_json::from_value(whole).map_err(|error| format!("lacks something: {error}"))
}

/// With what rust-bert wants to read and authors leave out where it has its usual value. How much is dropped out matters to
/// training alone.
fn completed(written: Map<String, Value>, labels: usize) -> Value {
    let mut whole = json!({
        "hidden_act": "gelu", "activation": "gelu", "initializer_range": 0.02, "layer_norm_eps": 1e-12,
        "attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0, "attention_dropout": 0.0, "dropout": 0.0,
        "qa_dropout": 0.0, "seq_classif_dropout": 0.0, "sinusoidal_pos_embds": false, "tie_weights_": true,
        "type_vocab_size": 2, "max_position_embeddings": 512, "pad_token_id": 0,
    });
    if let (Value::Object(whole), Value::Object(written)) = (&mut whole, labelled(written, labels)) {
        whole.extend(written);
    }
    whole
}

/// With as many labels as the card speaks of, and without what is null.
fn labelled(mut written: Map<String, Value>, labels: usize) -> Value {
    let labels: Map<String, Value> = (0..labels).map(|i| (i.to_string(), json!(format!("LABEL_{i}")))).collect();
    written.retain(|name, value| !value.is_null() && name != "label2id");
    written.insert("id2label".to_owned(), Value::Object(labels));
    Value::Object(written)
}
