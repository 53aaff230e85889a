package dev.jiggety.agent.hub.behaviour;

import static dev.jiggety.agent.hub.behaviour.Behaviour.behaviour;
import static dev.jiggety.agent.hub.behaviour.DocumentBehaviours.A;
import static dev.jiggety.agent.hub.behaviour.DocumentBehaviours.B;

import java.util.List;

/** The changes feed, asked for once (api/database/changes). */
final class ChangesBehaviours {
  private ChangesBehaviours() {}

  static List<Behaviour> all() {
    return List.of(
        behaviour(
            "changes are told in their order, each document once",
            couch -> {
              var rev = couch.store("a", "{}");
              couch.store("b", "{}");
              rev = couch.store("a?rev=" + rev, "{}");
              couch
                  .get("_changes")
                  .is(200)
                  .count("results", 2)
                  .has("results.0.id", "\"b\"")
                  .has("results.1.id", "\"a\"")
                  .has("results.1.changes", "[{\"rev\":\"" + rev + "\"}]");
            }),
        behaviour(
            "changes go on where they ended",
            couch -> {
              couch.store("a", "{}");
              var last = couch.get("_changes").text("last_seq");
              couch.store("b", "{}");
              couch.get("_changes?since=" + last).count("results", 1).has("results.0.id", "\"b\"");
              couch.get("_changes?since=now").count("results", 0);
              couch.get("_changes?since=0").count("results", 2);
            }),
        behaviour(
            "changes have limits and tell what is pending",
            couch -> {
              for (var id : List.of("a", "b", "c")) {
                couch.store(id, "{}");
              }
              couch.get("_changes?limit=1").count("results", 1).has("pending", "2");
              couch.get("_changes").has("pending", "0");
            }),
        behaviour(
            "changes are told backwards",
            couch -> {
              couch.store("a", "{}");
              couch.store("b", "{}");
              couch.get("_changes?descending=true&limit=1").has("results.0.id", "\"b\"");
            }),
        behaviour(
            "deletions are changes",
            couch -> {
              couch.delete("a?rev=" + couch.store("a", "{}")).is(200);
              couch.get("_changes").count("results", 1).has("results.0.deleted", "true");
            }),
        behaviour(
            "changes bring documents and their conflicts",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\",\"n\":1}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\",\"n\":2}");
              couch.get("_changes?include_docs=true").has("results.0.doc.n", "2");
              couch
                  .get("_changes?include_docs=true&conflicts=true")
                  .has("results.0.doc._conflicts", "[\"" + A + "\"]");
            }),
        behaviour(
            "changes show one leaf or all",
            couch -> {
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + A + "\"}");
              couch.replicate("{\"_id\":\"a\",\"_rev\":\"" + B + "\"}");
              couch.get("_changes").count("results.0.changes", 1);
              couch.get("_changes?style=all_docs").count("results.0.changes", 2);
            }),
        behaviour(
            "changes of some documents alone",
            couch -> {
              for (var id : List.of("a", "b", "c")) {
                couch.store(id, "{}");
              }
              couch
                  .post("_changes?filter=_doc_ids", "{\"doc_ids\":[\"b\"]}")
                  .is(200)
                  .count("results", 1)
                  .has("results.0.id", "\"b\"");
            }),
        behaviour(
            "a longpoll that has something to tell does so at once",
            couch -> {
              couch.store("a", "{}");
              couch.get("_changes?feed=longpoll").is(200).count("results", 1);
            }),
        behaviour(
            "a longpoll ends after its time",
            couch -> couch.get("_changes?feed=longpoll&timeout=10").is(200).count("results", 0)),
        behaviour(
            "feeds that are none are refused",
            couch -> couch.get("_changes?feed=x").error(400, "bad_request")),
        behaviour(
            "sequences that are none are refused",
            couch -> couch.get("_changes?since=garbage").is(400)));
  }
}
