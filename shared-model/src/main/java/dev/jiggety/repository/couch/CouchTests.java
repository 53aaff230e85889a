package dev.jiggety.repository.couch;

import com.google.gson.JsonObject;
import dev.jiggety.couch.DocumentRow;
import dev.jiggety.couch.HubDatabase;
import dev.jiggety.couch.IdRange;
import dev.jiggety.couch.Outcome;
import dev.jiggety.document.DocumentException;
import dev.jiggety.document.Ids;
import dev.jiggety.document.Stored;
import dev.jiggety.document.TestDocument;
import dev.jiggety.model.TestDefinition;
import dev.jiggety.repository.HubException;
import dev.jiggety.repository.TestRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tests of the configuration database. */
final class CouchTests implements TestRepository {
  private final HubDatabase config;

  CouchTests(HubDatabase config) {
    this.config = config;
  }

  @Override
  public Tests all() {
    List<DocumentRow> rows =
        Answers.value(config.allDocs(IdRange.startingWith(Ids.test(""))), config, "read the tests");
    List<Stored<TestDefinition>> tests = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    for (DocumentRow row : rows) {
      JsonObject document = row.document();
      try {
        if (document != null) {
          tests.add(TestDocument.TYPE.stored(document));
        }
      } catch (DocumentException e) {
        unreadable.add(row.id() + ": " + e.getMessage());
      }
    }
    return new Tests(tests, unreadable);
  }

  @Override
  public Optional<Stored<TestDefinition>> find(String testId) {
    Outcome<JsonObject> found = config.get(Ids.test(testId));
    String what = "read the test " + testId;
    if (found instanceof Outcome.Missing<JsonObject>) {
      Answers.requireDatabase(config, what);
      return Optional.empty();
    }
    JsonObject document = Answers.value(found, config, what);
    try {
      return Optional.of(TestDocument.TYPE.stored(document));
    } catch (DocumentException e) {
      throw new HubException(
          HubException.Kind.REFUSED,
          "the test " + testId + " on the hub cannot be read: " + e.getMessage());
    }
  }
}
