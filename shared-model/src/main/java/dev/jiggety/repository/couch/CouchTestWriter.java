package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.base.Problem;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.model.rules.TestRules;
import dev.jiggety.repository.TestWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes tests straight into the configuration database. An edit whose outcome is already there is
 * done, so that it can be submitted again after a lost answer.
 */
final class CouchTestWriter implements TestWriter {
  private final HubDatabase config;

  CouchTestWriter(HubDatabase config) {
    this.config = config;
  }

  @Override
  public List<Result> submit(List<Edit> edits) {
    return edits.stream().map(this::submit).toList();
  }

  private Result submit(Edit edit) {
    return switch (edit) {
      case Put put -> put(put);
      case Delete delete -> delete(delete);
    };
  }

  private Result put(Put edit) {
    List<Problem> problems = TestRules.problems(edit.test());
    if (!problems.isEmpty()) {
      return new Rejected(
          edit.testId(),
          problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    }
    try {
      return put(edit, 1);
    } catch (DocumentException e) {
      return new Rejected(
          edit.testId(), "what stands on the hub cannot be read: " + e.getMessage());
    }
  }

  /**
   * One attempt; a conflict is looked into once more, since it can be the echo of our own write.
   *
   * @param more how many attempts are left after this one
   */
  private Result put(Put edit, int more) {
    TestDefinition test = edit.test();
    Outcome<JsonObject> found = config.get(Ids.test(test.id()));
    JsonObject document;
    if (found instanceof Outcome.Missing<JsonObject>) {
      if (edit.base() != null) {
        Answers.requireDatabase(config, "write the test " + test.id());
        return new Conflict(test.id());
      }
      document = TestDocument.TYPE.write(test);
    } else {
      JsonObject before = Answers.value(found, config, "read the test " + test.id());
      String rev = before.get("_rev").getAsString();
      if (TestDocument.TYPE.read(before).equals(test)) {
        return new Done(test.id(), rev);
      }
      if (!rev.equals(edit.base())) {
        return new Conflict(test.id());
      }
      document = TestDocument.TYPE.write(test, before);
      document.addProperty("_rev", rev);
    }
    Outcome<String> written = config.put(document);
    return switch (written) {
      case Outcome.Ok<String>(String rev) -> new Done(test.id(), rev);
      case Outcome.Conflict<String> conflict ->
          more > 0 ? put(edit, more - 1) : new Conflict(test.id());
      case Outcome.Refused<String> no when !no.isUnauthorized() ->
          new Rejected(test.id(), no.reason());
      default -> throw Answers.failure(written, config, "write the test " + test.id());
    };
  }

  private Result delete(Delete edit) {
    String id = edit.testId();
    Outcome<String> deleted = config.delete(Ids.test(id), edit.base());
    return switch (deleted) {
      case Outcome.Ok<String>(String rev) -> new Done(id, rev);
      case Outcome.Refused<String> no when !no.isUnauthorized() -> new Rejected(id, no.reason());
      case Outcome.Conflict<String> conflict -> isGone(id) ? done(id) : new Conflict(id);
      case Outcome.Missing<String> missing when isGone(id) -> done(id);
      default -> throw Answers.failure(deleted, config, "delete the test " + id);
    };
  }

  /** Deleted before, by us or by somebody else: what was wanted. */
  private static Done done(String id) {
    return new Done(id, "");
  }

  private boolean isGone(String id) {
    Outcome<JsonObject> found = config.get(Ids.test(id));
    if (found instanceof Outcome.Missing<JsonObject>) {
      Answers.requireDatabase(config, "delete the test " + id);
      return true;
    }
    Answers.value(found, config, "read the test " + id);
    return false;
  }
}
