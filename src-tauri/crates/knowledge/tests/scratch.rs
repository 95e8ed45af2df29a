//! scratch
use std::sync::Arc;
use knowledge::*;
use engine::scripted::ScriptedEmbedder;
#[test]
fn dump() {
    let dir = tempfile::tempdir().unwrap();
    let store = store::Store::open(&dir.path().join("d")).unwrap();
    let k = Knowledge::open(store.clone(), Some(Arc::new(ScriptedEmbedder::new())), Calibration{c0:0.1,r:0.6,alpha:0.6}).unwrap();
    let demo = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let t=std::time::Instant::now();
    k.import(&[demo.join("documents"), demo.join("faq.csv"), demo.join("orders.csv")], ImportKind::Auto, &mut |r| println!("{r:?}")).unwrap();
    println!("import {:?}", t.elapsed());
    let t=std::time::Instant::now();
    println!("{:?}", k.embed_pending(&||false, &mut |_,_|{}));
    println!("embed {:?} {:?}", t.elapsed(), k.counts());
    let mut hist=[0;5]; let mut max=0;
    for s in k.sources().unwrap() { for sec in store.sections_of(s.id).unwrap() {
        println!("==== {} | {}\n{}", sec.source, sec.heading_path, sec.text);
        for x in store.sentences_of(sec.id).unwrap() { println!("   S {:?}", x.text); }
    }}
    for t in store.pending("none").unwrap() { if matches!(t.role, store::Role::Body|store::Role::TableRow|store::Role::FaqWhole) { println!("C {:?} {:?}", t.role, t.text); let n=t.text.len(); max=max.max(n); hist[(n/300).min(4)]+=1; } }
    println!("{hist:?} {max}");
    let t=std::time::Instant::now();
    drop(k);
    let k = Knowledge::open(store.clone(), Some(Arc::new(ScriptedEmbedder::new())), Calibration{c0:0.1,r:0.6,alpha:0.6}).unwrap();
    println!("open {:?}", t.elapsed());
    for q in ["Can I bring back shoes I have worn outside?", "how long is the warranty", "what do you charge for the zipper slider", "Who won the world cup?"] {
        let r = k.retrieve(q, 5).unwrap();
        println!("\n{q} {:?} kw={:?} mean={:?} terms {:?}", r.elapsed, r.best_keyword, r.best_meaning, k.question_terms(q));
        for h in &r.hits { println!("  {:.2} cos {:.2} bm {:.2} {} | {} | {}", h.score,h.cosine,h.bm25,h.source,h.title,h.locator); }
        for h in &r.hits { if let HitKey::Section(id)=h.key { let mut s=k.sentences(&r,id).unwrap(); s.sort_by(|a,b|b.score.total_cmp(&a.score)); for x in s.iter().take(3) { println!("     {:.2} {:.2} {:.2} {}", x.score,x.cosine,x.bm25,x.text);} break; } }
    }
}
